-- $1 endpoint, $2 lease.
UPDATE docpipeline.webhook_endpoint SET lease = NULL, lease_until = NULL WHERE id = $1 AND lease = $2
