-- $1 submission. The lock keeps the state as it is until the transaction ends.
SELECT state FROM docpipeline.submission WHERE id = $1 FOR UPDATE
