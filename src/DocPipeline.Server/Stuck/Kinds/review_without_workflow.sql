-- A submission waits for review, but the workflow that waits for the decision is gone.
SELECT s.id::text AS subject, coalesce(s.reason_code, '') AS detail
FROM docpipeline.submission s
WHERE s.state = 'needs_review' AND s.duplicate_of IS NULL
  AND NOT EXISTS (SELECT FROM durable.instance i WHERE i.instance_id = s.id::text)
