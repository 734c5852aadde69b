-- $1 'dead' or 'parked', $2 limit. The newest first.
SELECT i.instance_id, i.name, i.version, i.reason, i.failed_step, s.name, s.attempts, i.failure, i.input
FROM durable.instance i
LEFT JOIN durable.step s ON s.instance_id = i.instance_id AND s.step_no = i.failed_step
WHERE i.status = $1
ORDER BY i.finished_at DESC NULLS LAST, i.created_at DESC
LIMIT $2
