-- Seconds that the oldest due instance has been waiting for a worker; null if none is due.
SELECT EXTRACT(EPOCH FROM now() - min(wake_at))::float8
FROM durable.instance
WHERE status IN ('pending', 'waiting') AND wake_at <= now()
