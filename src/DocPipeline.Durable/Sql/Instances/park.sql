-- $1 instance, $2 epoch, $3 reason
UPDATE durable.instance SET status = 'parked', reason = $3, worker_id = NULL
WHERE instance_id = $1 AND epoch = $2 AND status = 'running'
