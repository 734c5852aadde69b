-- $1 sha256, $2 size, $3 submission. No row: the content is known. Waits for a racer that is about to commit the same content.
INSERT INTO docpipeline.content (sha256, size, first_submission)
VALUES ($1, $2, $3)
ON CONFLICT ON CONSTRAINT content_pk DO NOTHING
