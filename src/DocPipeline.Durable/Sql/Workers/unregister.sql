-- $1 worker. The end of an orderly shutdown: what it still holds goes back, then its row.
WITH released AS (
  UPDATE durable.instance SET status = 'pending', worker_id = NULL, wake_at = now(), claims_without_progress = 0
  WHERE status = 'running' AND worker_id = $1
)
DELETE FROM durable.worker WHERE worker_id = $1
