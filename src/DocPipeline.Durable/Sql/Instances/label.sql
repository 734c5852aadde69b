-- $1 instance, $2 epoch, $3 label
UPDATE durable.instance SET label = $3 WHERE instance_id = $1 AND epoch = $2 AND status = 'running'
