-- $1 instance, $2 epoch, $3 claims without progress, this one included. A suspect is about to run: if its worker is lost now, it was this one.
UPDATE durable.instance SET claims_without_progress = $3 WHERE instance_id = $1 AND epoch = $2 AND status = 'running'
