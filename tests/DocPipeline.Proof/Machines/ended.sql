-- What must hold when everything has ended, beside what must hold always (Invariants); each row is a violation.
SELECT 'handed in once, recorded ' || count(*) || ' times: ' || key FROM docpipeline.submission GROUP BY bucket, key HAVING count(*) > 1
UNION ALL
SELECT 'no end: ' || key FROM docpipeline.submission WHERE state = 'processing'
UNION ALL
SELECT 'dead: ' || key || ': ' || reason FROM docpipeline.submission WHERE state = 'dead'
UNION ALL
SELECT 'more changes of state than ends: ' || submission_id::text FROM docpipeline.audit GROUP BY submission_id HAVING count(*) > 2
UNION ALL
SELECT 'no workflow: ' || s.key FROM docpipeline.submission s
  WHERE s.content IS NOT NULL AND NOT EXISTS (SELECT FROM durable.instance i WHERE i.instance_id = s.id::text)
UNION ALL
SELECT 'workflow has not ended: ' || i.instance_id || ' ' || i.status FROM durable.instance i JOIN docpipeline.submission s ON s.id::text = i.instance_id
  WHERE s.state <> 'needs_review' AND i.status <> 'completed'
