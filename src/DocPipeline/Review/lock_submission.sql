-- $1 submission. Until the end of the transaction nobody else decides about it.
SELECT 1 FROM docpipeline.submission WHERE id = $1 FOR UPDATE
