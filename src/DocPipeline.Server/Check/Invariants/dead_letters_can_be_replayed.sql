-- A submission is dead only where its workflow is, so that an operator's replay finds it.
-- (Dead workflows may have been purged.)
SELECT s.id AS submission_id, i.status AS workflow
FROM docpipeline.submission s
JOIN durable.instance i ON i.instance_id = s.id::text
WHERE s.state = 'dead' AND i.status <> 'dead'
