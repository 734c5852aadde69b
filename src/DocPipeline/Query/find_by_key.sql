-- $1 bucket or null, $2 key.
SELECT s.id, s.bucket, s.key, s.version, s.content, s.size, s.state, s.reason_code, s.reason, s.duplicate_of,
       s.received_at, s.state_at, s.finished_at, s.state_detail
FROM docpipeline.submission s
WHERE ($1 IS NULL OR s.bucket = $1) AND s.key = $2
ORDER BY s.received_at DESC, s.id DESC
