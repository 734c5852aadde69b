-- $1 instance
UPDATE durable.instance SET status = 'pending', wake_at = now(), reason = NULL, claims_without_progress = 0
WHERE instance_id = $1 AND status = 'parked'
