-- A workflow sleeps although the event it waits for has come.
SELECT i.instance_id AS subject, 'event ' || min(x.seq) || ', raised ' || to_char(min(x.raised_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS"Z"') AS detail
FROM durable.instance i
JOIN durable.inbox x ON x.instance_id = i.instance_id AND x.name = i.waiting_for AND x.taken_by_step IS NULL
WHERE i.status = 'waiting'
GROUP BY i.instance_id
