-- $1 state or null, $2 and $3 the last of the page before or null, $4 limit.
SELECT s.id, s.bucket, s.key, s.version, s.content, s.size, s.state, s.reason_code, s.reason, s.duplicate_of,
       s.received_at, s.state_at, s.finished_at, s.state_detail
FROM docpipeline.submission s
WHERE ($1 IS NULL OR s.state = $1)
  AND ($2 IS NULL OR (s.received_at, s.id) < ($2, $3))
ORDER BY s.received_at DESC, s.id DESC
LIMIT $4
