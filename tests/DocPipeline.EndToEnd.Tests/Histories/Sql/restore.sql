-- $1 one recorded workflow. As it was when its worker was lost: with its journal, and due. Waits are due later, whenever this is replayed.
WITH begun AS (
  INSERT INTO durable.instance (instance_id, name, version, input, epoch, inbox_seq, created_at)
  SELECT i.instance_id, i.name, i.version, i.input, i.epoch, i.inbox_seq, i.created_at
  FROM jsonb_to_record($1 -> 'instance') AS i(instance_id text, name text, version int, input jsonb, epoch bigint, inbox_seq bigint, created_at timestamptz)
  RETURNING instance_id
), events AS (
  INSERT INTO durable.inbox (instance_id, seq, name, dedup_key, payload, taken_by_step)
  SELECT begun.instance_id, x.seq, x.name, x.dedup_key, x.payload, x.taken_by_step
  FROM begun, jsonb_to_recordset($1 -> 'events') AS x(seq bigint, name text, dedup_key text, payload jsonb, taken_by_step int)
)
INSERT INTO durable.step (instance_id, step_no, round, kind, name, input_sha256, attempt_id, status, result, failure, attempts, due_at, recorded_at, epoch)
SELECT begun.instance_id, s.step_no, s.round, s.kind, s.name, s.input_sha256, gen_random_uuid(), s.status, s.result, nullif(s.failure, 'null'), s.attempts,
       CASE WHEN s.due_at IS NOT NULL THEN now() + interval '30 days' END, s.recorded_at, s.epoch
FROM begun, jsonb_to_recordset($1 -> 'steps') AS s(
  step_no int, round int, kind text, name text, input_sha256 bytea, status text, result jsonb, failure jsonb, attempts int, due_at timestamptz,
  recorded_at timestamptz, epoch bigint)
