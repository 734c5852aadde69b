-- $1 submission.
SELECT s.id, s.bucket, s.key, s.version, s.content, s.size, s.state, s.reason_code, s.reason, s.duplicate_of,
       s.received_at, s.state_at, s.finished_at, s.state_detail
FROM docpipeline.submission s
WHERE s.id = $1
