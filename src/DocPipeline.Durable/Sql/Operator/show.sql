-- $1 instance
SELECT i.instance_id, i.name, i.version, i.reason, i.failed_step, s.name, s.attempts, i.failure, i.input,
  i.status, i.label, i.output, i.epoch, i.created_at, i.finished_at, i.wake_at
FROM durable.instance i
LEFT JOIN durable.step s ON s.instance_id = i.instance_id AND s.step_no = i.failed_step
WHERE i.instance_id = $1
