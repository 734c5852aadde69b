-- $1 instance, $2 epoch, $3 reason, $4 failed step or null, $5 failure, $6 label
UPDATE durable.instance
SET status = 'dead', reason = $3, failed_step = $4, failure = $5, label = $6, finished_at = now(), worker_id = NULL
WHERE instance_id = $1 AND epoch = $2 AND status = 'running'
