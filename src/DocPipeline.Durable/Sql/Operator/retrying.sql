-- $1 limit. Steps between two attempts, the next one first.
SELECT instance_id, step_no, kind, name, status, attempts, result, failure, recorded_at, due_at
FROM durable.step WHERE status = 'retrying' ORDER BY due_at LIMIT $1
