-- A document is being worked on, but none of its steps has ended for long.
-- $1 seconds that are long.
SELECT i.instance_id AS subject,
       coalesce(i.label, 'working') || ' on ' || w.host || ', last progress ' || to_char(progress.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS"Z"') AS detail
FROM durable.instance i
JOIN durable.worker w ON w.worker_id = i.worker_id AND w.expires_at > now()
CROSS JOIN LATERAL (
  SELECT coalesce(max(s.recorded_at), i.created_at) AS at FROM durable.step s WHERE s.instance_id = i.instance_id
) progress
WHERE i.status = 'running' AND progress.at < now() - make_interval(secs => $1)
