-- After the end of an instance nothing of it is recorded, and a completed one has no step left open.
-- A way out of an end is impossible but for an operator's replay: trigger instance_guard. (Wrong alarms if the database's clock was set back.)
SELECT s.instance_id, s.step_no, s.status
FROM durable.step s
JOIN durable.instance i ON i.instance_id = s.instance_id
WHERE s.recorded_at > i.finished_at
  OR (i.status = 'completed' AND s.status IN ('retrying', 'waiting'))
