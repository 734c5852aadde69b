-- $1 instance. Names the instance for the guards, for this transaction only, and locks it.
SELECT set_config('durable.replaying', i.instance_id, true)
FROM durable.instance i WHERE i.instance_id = $1 AND i.status = 'dead' FOR UPDATE
