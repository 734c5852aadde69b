-- Nobody sleeps while the event it waits for lies in its inbox.
SELECT DISTINCT i.instance_id, x.seq AS event
FROM durable.instance i
JOIN durable.inbox x ON x.instance_id = i.instance_id AND x.name = i.waiting_for AND x.taken_by_step IS NULL
WHERE i.status = 'waiting'
