-- $1 instance, $2 name, $3 deduplication key, $4 payload. Nothing happens for an instance that has ended.
INSERT INTO durable.inbox (instance_id, seq, name, dedup_key, payload)
SELECT instance_id, inbox_seq + 1, $2, $3, $4
FROM durable.instance
WHERE instance_id = $1 AND status NOT IN ('completed', 'dead')
ON CONFLICT ON CONSTRAINT inbox_raised_once DO NOTHING
