-- A claim is there exactly where the step that stores it is recorded, and a decision is carried out exactly where the step that does so is.
-- Effect and record commit in one transaction. (Workflows may have been purged: then only the effect remains.)
WITH step AS (
  SELECT DISTINCT instance_id, name FROM durable.step WHERE kind = 'activity' AND status = 'completed' AND name IN ('store-claim', 'record-review')
), effect AS (
  SELECT c.submission_id::text AS instance_id, 'store-claim' AS name FROM docpipeline.claim c
  UNION ALL
  SELECT DISTINCT r.submission_id::text, 'record-review' FROM docpipeline.review_action r
  WHERE r.decision IS NOT NULL AND NOT EXISTS (SELECT FROM docpipeline.review_pending p WHERE p.submission_id = r.submission_id AND p.version = r.version)
)
SELECT coalesce(s.instance_id, e.instance_id) AS instance_id, coalesce(s.name, e.name) AS step, e.instance_id IS NOT NULL AS has_effect
FROM effect e
FULL JOIN step s ON s.instance_id = e.instance_id AND s.name = e.name
WHERE e.instance_id IS NULL
  OR (s.instance_id IS NULL AND EXISTS (SELECT FROM durable.instance i WHERE i.instance_id = e.instance_id))
