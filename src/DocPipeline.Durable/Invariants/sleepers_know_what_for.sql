-- An instance that waits has the wait in its journal, due when the instance is.
SELECT i.instance_id, i.wake_at
FROM durable.instance i
WHERE i.status = 'waiting'
  AND NOT EXISTS (SELECT FROM durable.step s WHERE s.instance_id = i.instance_id AND s.status = 'waiting' AND s.due_at = i.wake_at)
