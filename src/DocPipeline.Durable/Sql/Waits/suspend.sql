-- $1-$8 as in take_event.sql, $9 the inbox counter seen, $10 sleep until or null, $11 time-out in seconds or null, $12 event name or null, $13 label.
-- Compare-and-set on the counter: an event raised since the inbox was read keeps the instance awake. The first due time stays.
WITH slept AS (
  UPDATE durable.instance
  SET status = 'waiting', worker_id = NULL, claims_without_progress = 0, waiting_for = $12, label = $13,
      wake_at = COALESCE((SELECT w.due_at FROM durable.step w WHERE w.instance_id = $1 AND w.step_no = $3), $10, now() + make_interval(secs => $11))
  WHERE instance_id = $1 AND epoch = $2 AND status = 'running' AND inbox_seq = $9
  RETURNING wake_at
), noted AS (
  INSERT INTO durable.step (instance_id, step_no, round, kind, name, input_sha256, attempt_id, status, attempts, due_at, epoch)
  SELECT $1, $3, $4, $5, $6, $7, $8, 'waiting', 1, wake_at, $2 FROM slept
  ON CONFLICT (instance_id, step_no) DO NOTHING
)
SELECT EXTRACT(EPOCH FROM wake_at - now())::float8 FROM slept
