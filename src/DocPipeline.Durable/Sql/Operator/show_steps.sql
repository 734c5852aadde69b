-- $1 instance
SELECT instance_id, step_no, kind, name, status, attempts, result, failure, recorded_at, due_at
FROM durable.step WHERE instance_id = $1 ORDER BY step_no
