-- $1 since. What has come to review after it, the oldest first.
SELECT content, state_at FROM docpipeline.submission
WHERE state = 'needs_review' AND content IS NOT NULL AND state_at > $1
ORDER BY state_at LIMIT 50
