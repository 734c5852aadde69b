-- One step; parameters as in record_batch.sql, single values. Waits for the lock instead of skipping it.
WITH owned AS MATERIALIZED (
  SELECT FROM durable.instance WHERE instance_id = $1 AND epoch = $2 AND status = 'running' FOR SHARE
)
INSERT INTO durable.step AS s (instance_id, step_no, round, kind, name, input_sha256, attempt_id, status, result, failure, attempts, due_at, epoch)
SELECT $1, $3, $4, 'activity', $5, $6, $7, $8, $9, $10, $11, now() + make_interval(secs => $12), $2
FROM owned
ON CONFLICT (instance_id, step_no) DO UPDATE
SET attempt_id = EXCLUDED.attempt_id, status = EXCLUDED.status, result = EXCLUDED.result, failure = EXCLUDED.failure,
    attempts = EXCLUDED.attempts, due_at = EXCLUDED.due_at, recorded_at = EXCLUDED.recorded_at, epoch = EXCLUDED.epoch
WHERE s.status = 'retrying'
RETURNING s.recorded_at, s.result
