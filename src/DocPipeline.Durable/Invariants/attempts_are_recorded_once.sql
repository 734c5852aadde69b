-- An attempt stands in the journal, or in what a replay took out of it, once.
-- A recorded step cannot change: trigger step_guard_update.
SELECT attempt_id, min(instance_id) AS instance_id, count(*) AS times
FROM (
  SELECT attempt_id, instance_id FROM durable.step
  UNION ALL
  SELECT attempt_id, instance_id FROM durable.step_archive
) s
GROUP BY attempt_id
HAVING count(*) > 1
