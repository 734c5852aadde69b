-- $1 instance. Ends a sleep whose event has come; nothing happens to any other.
UPDATE durable.instance i SET status = 'pending', wake_at = now(), waiting_for = NULL
WHERE i.instance_id = $1 AND i.status = 'waiting'
  AND EXISTS (SELECT FROM durable.inbox x WHERE x.instance_id = i.instance_id AND x.name = i.waiting_for AND x.taken_by_step IS NULL)
