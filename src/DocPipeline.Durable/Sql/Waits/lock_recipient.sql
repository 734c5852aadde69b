-- $1 instance. First of three statements in the caller's transaction: the counter and the inbox change under one lock.
SELECT FROM durable.instance WHERE instance_id = $1 FOR UPDATE
