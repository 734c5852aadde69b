-- Rows of workers that died long ago.
DELETE FROM durable.worker WHERE expires_at < now() - interval '1 hour'
