-- Every document workflow belongs to a submission, and was begun for it.
SELECT i.instance_id, i.status
FROM durable.instance i
LEFT JOIN docpipeline.submission s ON s.id::text = i.instance_id
WHERE i.name = 'document-pipeline'
  AND (s.id IS NULL OR i.input -> 'id' ->> 'value' IS DISTINCT FROM i.instance_id OR i.input -> 'content' ->> 'value' IS DISTINCT FROM s.content)
