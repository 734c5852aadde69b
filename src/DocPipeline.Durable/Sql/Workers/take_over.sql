-- Instances whose worker is gone become pending again; claims_without_progress stays, so that a poison instance is found out.
WITH orphan AS (
  SELECT i.instance_id
  FROM durable.instance i
  WHERE i.status = 'running'
    AND NOT EXISTS (SELECT FROM durable.worker w WHERE w.worker_id = i.worker_id AND w.expires_at > now())
  LIMIT 1000
  FOR UPDATE OF i SKIP LOCKED
)
UPDATE durable.instance i SET status = 'pending', worker_id = NULL, wake_at = now()
FROM orphan
WHERE i.instance_id = orphan.instance_id
