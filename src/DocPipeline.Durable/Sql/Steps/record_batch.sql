-- Parallel arrays, one element a step: $1 instance, $2 epoch, $3 step, $4 round, $5 name, $6 input hash, $7 attempt id,
-- $8 status, $9 result, $10 failure, $11 attempts, $12 seconds until the next attempt or null.
-- The fence: no row unless the instance still runs under this epoch, locked so that it cannot be claimed before the commit.
-- An instance locked by somebody else is skipped, so that it delays nobody else's step; it is recorded alone afterwards.
WITH owned AS MATERIALIZED (
  SELECT r.*
  FROM unnest($1::text[], $2::bigint[], $3::int[], $4::int[], $5::text[], $6::bytea[], $7::uuid[], $8::text[], $9::jsonb[], $10::jsonb[], $11::int[], $12::float8[])
    AS r(instance_id, epoch, step_no, round, name, input_sha256, attempt_id, status, result, failure, attempts, delay)
  JOIN durable.instance i ON i.instance_id = r.instance_id AND i.epoch = r.epoch AND i.status = 'running'
  FOR SHARE OF i SKIP LOCKED
)
INSERT INTO durable.step AS s (instance_id, step_no, round, kind, name, input_sha256, attempt_id, status, result, failure, attempts, due_at, epoch)
SELECT instance_id, step_no, round, 'activity', name, input_sha256, attempt_id, status, result, failure, attempts, now() + make_interval(secs => delay), epoch
FROM owned
ON CONFLICT (instance_id, step_no) DO UPDATE
SET attempt_id = EXCLUDED.attempt_id, status = EXCLUDED.status, result = EXCLUDED.result, failure = EXCLUDED.failure,
    attempts = EXCLUDED.attempts, due_at = EXCLUDED.due_at, recorded_at = EXCLUDED.recorded_at, epoch = EXCLUDED.epoch
WHERE s.status = 'retrying'
RETURNING s.attempt_id, s.recorded_at, s.result
