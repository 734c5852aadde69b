-- What a completed workflow says became of its submission is what became of it.
SELECT i.instance_id, s.state, i.output ->> 'state' AS outcome
FROM durable.instance i
JOIN docpipeline.submission s ON s.id::text = i.instance_id
WHERE i.name = 'document-pipeline' AND i.status = 'completed' AND i.output ->> 'state' IS DISTINCT FROM s.state
