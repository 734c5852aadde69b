-- $1 how many. The newest submissions.
SELECT submission_id, bucket, key, state, reason, received_at, state_at
FROM docpipeline.submissions_v1
ORDER BY received_at DESC, submission_id DESC
LIMIT $1
