-- $1 instance. The epoch is not reset: it is the fence.
UPDATE durable.instance
SET status = 'pending', wake_at = now(), finished_at = NULL, reason = NULL, failed_step = NULL, failure = NULL, claims_without_progress = 0
WHERE instance_id = $1 AND status = 'dead'
