-- $1 submission.
SELECT bucket, key, state, reason FROM docpipeline.submission WHERE id = $1
