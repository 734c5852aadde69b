-- $1 worker, $2 lease in seconds. An expired lease is never renewed: others may have taken over.
UPDATE durable.worker SET expires_at = now() + make_interval(secs => $2)
WHERE worker_id = $1 AND expires_at > now()
