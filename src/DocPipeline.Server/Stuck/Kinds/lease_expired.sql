-- A workflow belongs to a process that is gone, and nobody has taken it over.
SELECT i.instance_id AS subject, coalesce('the lease of ' || w.host || ' ended ' || to_char(w.expires_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS"Z"'), 'its worker is not known') AS detail
FROM durable.instance i
LEFT JOIN durable.worker w ON w.worker_id = i.worker_id
WHERE i.status = 'running' AND (w.worker_id IS NULL OR w.expires_at < now() - interval '1 minute')
