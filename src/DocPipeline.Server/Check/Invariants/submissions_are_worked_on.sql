-- Every submission that has not ended has its workflow, and the workflow has not ended either.
-- (Workflows of submissions that have ended may have been purged.)
SELECT s.id AS submission_id, s.state, i.status AS workflow
FROM docpipeline.submission s
LEFT JOIN durable.instance i ON i.instance_id = s.id::text
WHERE s.state IN ('processing', 'needs_review') AND (i.instance_id IS NULL OR i.status IN ('completed', 'dead'))
