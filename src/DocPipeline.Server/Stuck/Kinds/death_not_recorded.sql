-- The workflow is dead, but its submission still counts as being worked on.
SELECT s.id::text AS subject, s.state AS detail
FROM docpipeline.submission s
JOIN durable.instance i ON i.instance_id = s.id::text AND i.status = 'dead'
WHERE s.state IN ('processing', 'needs_review')
