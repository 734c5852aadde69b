-- $1 id, $2 bucket, $3 key, $4 version, $5 content, $6 size, $7 duplicate of, $8 state, $9 reason code, $10 reason.
-- No row: the version is known. Waits for a racer that is about to commit the same version.
INSERT INTO docpipeline.submission (id, bucket, key, version, content, size, duplicate_of, state, reason_code, reason, state_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'intake')
ON CONFLICT ON CONSTRAINT submission_once DO NOTHING
