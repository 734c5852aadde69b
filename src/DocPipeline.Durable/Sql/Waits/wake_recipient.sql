-- $1 instance, $2 name. Only if the event is new does the counter move; only who waits for this name wakes up.
UPDATE durable.instance i
SET inbox_seq = i.inbox_seq + 1,
    status = CASE WHEN i.waiting_for = $2 THEN 'pending' ELSE i.status END,
    wake_at = CASE WHEN i.waiting_for = $2 THEN now() ELSE i.wake_at END,
    waiting_for = CASE WHEN i.waiting_for = $2 THEN NULL ELSE i.waiting_for END
WHERE i.instance_id = $1 AND EXISTS (SELECT FROM durable.inbox x WHERE x.instance_id = i.instance_id AND x.seq = i.inbox_seq + 1)
