-- $1 instance, $2 epoch, $3 step, $4 round, $5 kind, $6 name, $7 input hash, $8 attempt id, $9 inbox seq.
WITH owned AS MATERIALIZED (
  SELECT FROM durable.instance WHERE instance_id = $1 AND epoch = $2 AND status = 'running' FOR SHARE
), taken AS (
  UPDATE durable.inbox SET taken_by_step = $3
  WHERE instance_id = $1 AND seq = $9 AND taken_by_step IS NULL AND EXISTS (SELECT FROM owned)
  RETURNING payload
)
INSERT INTO durable.step AS s (instance_id, step_no, round, kind, name, input_sha256, attempt_id, status, result, attempts, epoch)
SELECT $1, $3, $4, $5, $6, $7, $8, 'completed', jsonb_build_object('payload', payload), 1, $2
FROM taken
ON CONFLICT (instance_id, step_no) DO UPDATE
SET attempt_id = EXCLUDED.attempt_id, status = EXCLUDED.status, result = EXCLUDED.result, due_at = NULL, recorded_at = EXCLUDED.recorded_at, epoch = EXCLUDED.epoch
WHERE s.status = 'waiting'
RETURNING s.recorded_at, s.result
