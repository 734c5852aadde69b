-- Parameters as in take_event.sql, but $9 is the inbox counter seen: an event that came since then wins over the time-out.
WITH owned AS MATERIALIZED (
  SELECT FROM durable.instance WHERE instance_id = $1 AND epoch = $2 AND status = 'running' AND inbox_seq = $9 FOR SHARE
)
INSERT INTO durable.step AS s (instance_id, step_no, round, kind, name, input_sha256, attempt_id, status, result, attempts, epoch)
SELECT $1, $3, $4, $5, $6, $7, $8, 'completed', jsonb_build_object('timedOut', true), 1, $2
FROM owned
ON CONFLICT (instance_id, step_no) DO UPDATE
SET attempt_id = EXCLUDED.attempt_id, status = EXCLUDED.status, result = EXCLUDED.result, due_at = NULL, recorded_at = EXCLUDED.recorded_at, epoch = EXCLUDED.epoch
WHERE s.status = 'waiting'
RETURNING s.recorded_at, s.result
