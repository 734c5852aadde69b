-- What must hold when everything has ended; each row is a violation.
SELECT 'handed in once, recorded ' || count(*) || ' times: ' || key FROM docpipeline.submission GROUP BY bucket, key HAVING count(*) > 1
UNION ALL
SELECT 'no end: ' || key FROM docpipeline.submission WHERE state = 'processing'
UNION ALL
SELECT 'dead: ' || key || ': ' || reason FROM docpipeline.submission WHERE state = 'dead'
UNION ALL
SELECT 'no reason: ' || key FROM docpipeline.submission WHERE state NOT IN ('accepted', 'reviewed') AND coalesce(reason, '') = ''
UNION ALL
SELECT 'should have one claim: ' || s.key FROM docpipeline.submission s
  WHERE s.state IN ('accepted', 'needs_review', 'reviewed') AND s.duplicate_of IS NULL AND NOT EXISTS (SELECT FROM docpipeline.claim c WHERE c.submission_id = s.id)
UNION ALL
SELECT 'should have no claim: ' || s.key FROM docpipeline.submission s
  WHERE (s.state = 'rejected' OR s.duplicate_of IS NOT NULL) AND EXISTS (SELECT FROM docpipeline.claim c WHERE c.submission_id = s.id)
UNION ALL
SELECT 'a change of state without its message, or the other way round: ' || coalesce(a.submission_id, o.submission_id)::text FROM docpipeline.audit a
  FULL JOIN docpipeline.outbox o ON o.submission_id = a.submission_id AND o.audit_seq = a.seq WHERE a.seq IS NULL OR o.audit_seq IS NULL
UNION ALL
SELECT 'more changes of state than ends: ' || submission_id::text FROM docpipeline.audit GROUP BY submission_id HAVING count(*) > 2
UNION ALL
SELECT 'no workflow: ' || s.key FROM docpipeline.submission s
  WHERE s.content IS NOT NULL AND NOT EXISTS (SELECT FROM durable.instance i WHERE i.instance_id = s.id::text)
UNION ALL
SELECT 'workflow without a submission: ' || i.instance_id FROM durable.instance i WHERE NOT EXISTS (SELECT FROM docpipeline.submission s WHERE s.id::text = i.instance_id)
UNION ALL
SELECT 'workflow has not ended: ' || i.instance_id || ' ' || i.status FROM durable.instance i JOIN docpipeline.submission s ON s.id::text = i.instance_id
  WHERE s.state <> 'needs_review' AND i.status <> 'completed'
UNION ALL
SELECT 'steps are not dense: ' || instance_id FROM durable.step GROUP BY instance_id HAVING max(step_no) <> count(*)
UNION ALL
SELECT 'an epoch went back: ' || instance_id FROM (
  SELECT instance_id, epoch, lag(epoch) OVER (PARTITION BY instance_id ORDER BY round, recorded_at) AS before FROM durable.step) s WHERE epoch < before
