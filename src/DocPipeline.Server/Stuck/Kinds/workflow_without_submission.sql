-- A document workflow works for a submission that is not there.
SELECT i.instance_id AS subject, i.status AS detail
FROM durable.instance i
WHERE i.status IN ('pending', 'running', 'waiting', 'parked') AND i.name = 'document-pipeline'
  AND NOT EXISTS (SELECT FROM docpipeline.submission s WHERE s.id::text = i.instance_id)
