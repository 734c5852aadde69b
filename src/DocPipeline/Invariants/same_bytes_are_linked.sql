-- Of all submissions of the same bytes one is the first, and the others name it as the one they repeat.
-- A first submission of other bytes is impossible: content_first_submission_has_it.
SELECT s.id AS submission_id, s.duplicate_of, c.first_submission
FROM docpipeline.submission s
LEFT JOIN docpipeline.content c ON c.sha256 = s.content
WHERE s.content IS NOT NULL
  AND (c.sha256 IS NULL OR c.size IS DISTINCT FROM s.size OR s.duplicate_of IS DISTINCT FROM nullif(c.first_submission, s.id))
UNION ALL
SELECT s.id, s.duplicate_of, c.first_submission
FROM docpipeline.content c
JOIN docpipeline.submission s ON s.id = c.first_submission
WHERE s.content IS DISTINCT FROM c.sha256
