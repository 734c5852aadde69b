-- $1 instance, $2 name, $3 version, $4 input
INSERT INTO durable.instance (instance_id, name, version, input) VALUES ($1, $2, $3, $4) ON CONFLICT (instance_id) DO NOTHING
