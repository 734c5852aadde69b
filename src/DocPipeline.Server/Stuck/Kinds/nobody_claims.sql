-- Work is due, and no worker takes it.
-- $1 seconds that are long. Versions that no live worker knows have a kind of their own.
SELECT i.instance_id AS subject, 'due since ' || to_char(i.wake_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS"Z"') AS detail
FROM durable.instance i
WHERE i.status IN ('pending', 'waiting') AND i.wake_at < now() - make_interval(secs => $1)
  AND (EXISTS (SELECT FROM durable.worker w WHERE w.expires_at > now() AND (i.name || '@' || i.version) = ANY (w.workflows))
    OR NOT EXISTS (SELECT FROM durable.worker w WHERE w.expires_at > now()))
