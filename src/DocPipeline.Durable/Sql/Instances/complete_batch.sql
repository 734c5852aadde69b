-- Parallel arrays: $1 instance, $2 epoch, $3 output, $4 label. Instances locked by somebody else are skipped and completed alone.
WITH owned AS MATERIALIZED (
  SELECT r.*
  FROM unnest($1::text[], $2::bigint[], $3::jsonb[], $4::text[]) AS r(instance_id, epoch, output, label)
  JOIN durable.instance i ON i.instance_id = r.instance_id AND i.epoch = r.epoch AND i.status = 'running'
  FOR UPDATE OF i SKIP LOCKED
)
UPDATE durable.instance i
SET status = 'completed', output = owned.output, label = owned.label, finished_at = now(), worker_id = NULL, claims_without_progress = 0
FROM owned
WHERE i.instance_id = owned.instance_id
RETURNING i.instance_id
