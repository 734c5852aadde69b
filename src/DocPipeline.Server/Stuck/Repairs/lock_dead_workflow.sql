-- $1 instance. A row if it is dead, and will be until the transaction ends.
SELECT 1 FROM durable.instance WHERE instance_id = $1 AND status = 'dead' FOR UPDATE
