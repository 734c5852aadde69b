-- $1 rows at most. Fields that differ, the newest first.
SELECT k.challenger, s.key, d ->> 'field', d ->> 'live', d ->> 'other'
FROM docpipeline.comparison k
JOIN docpipeline.submission s ON s.id = k.submission_id
CROSS JOIN LATERAL jsonb_array_elements(k.differences) d
ORDER BY k.done_at DESC, s.key, d ->> 'field'
LIMIT $1
