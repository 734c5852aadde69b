-- $1 id, $2 bucket, $3 key, $4 version, $5 content, $6 size, $7 duplicate of, $8 state, $9 reason code, $10 reason.
-- No row: the version is known. Waits for a racer that is about to commit the same version.
INSERT INTO docpipeline.submission (id, bucket, key, version, content, size, duplicate_of, state, reason_code, reason, state_by, replaces)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'intake', (
  -- What came last under this key, if it was sent back to its sender.
  SELECT last.id
  FROM (SELECT s.id, s.state, s.reason_code FROM docpipeline.submission s WHERE s.bucket = $2 AND s.key = $3 ORDER BY s.received_at DESC, s.id DESC LIMIT 1) last
  WHERE last.state = 'rejected' AND last.reason_code = 'sent_back'))
ON CONFLICT ON CONSTRAINT submission_once DO NOTHING
