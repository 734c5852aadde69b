-- The workflow has ended, but its submission has not.
SELECT s.id::text AS subject, s.state || ', and the workflow says ' || coalesce(i.output ->> 'state', 'nothing') AS detail
FROM docpipeline.submission s
JOIN durable.instance i ON i.instance_id = s.id::text AND i.status = 'completed'
WHERE s.state IN ('processing', 'needs_review')
