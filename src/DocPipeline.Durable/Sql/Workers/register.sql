-- $1 worker, $2 former worker of this process or null, $3 workflows, $4 host, $5 lease in seconds
WITH former AS (DELETE FROM durable.worker WHERE worker_id = $2)
INSERT INTO durable.worker (worker_id, workflows, host, expires_at)
VALUES ($1, $3, $4, now() + make_interval(secs => $5))
ON CONFLICT (worker_id) DO UPDATE SET expires_at = EXCLUDED.expires_at
