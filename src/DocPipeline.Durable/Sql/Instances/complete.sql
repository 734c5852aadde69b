-- $1 instance, $2 epoch, $3 output, $4 label
UPDATE durable.instance
SET status = 'completed', output = $3, label = $4, finished_at = now(), worker_id = NULL, claims_without_progress = 0
WHERE instance_id = $1 AND epoch = $2 AND status = 'running'
