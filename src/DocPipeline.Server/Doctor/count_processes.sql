-- Server processes that are alive.
SELECT count(*)::int FROM durable.worker WHERE expires_at > now()
