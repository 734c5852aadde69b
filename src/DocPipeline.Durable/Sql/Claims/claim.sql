-- $1 worker, $2 workflow names, $3 their versions, $4 limit.
-- Progress since the last claim is a step recorded under its epoch. Without progress an instance becomes a suspect (2), and no more than that:
-- most that a lost worker held were only waiting for their turn. Begun alone, a suspect is counted further; see Instances/begin_alone.sql.
-- Danger: EXISTS in the place of the scalar query below lets the planner hash the whole journal at every claim, if its statistics are of a full queue.
WITH due AS (
  SELECT i.instance_id, i.wake_at
  FROM durable.instance i
  WHERE i.status IN ('pending', 'waiting')
    AND i.wake_at <= now()
    AND (i.name, i.version) IN (SELECT n, v FROM unnest($2::text[], $3::int[]) AS known(n, v))
    AND EXISTS (SELECT FROM durable.worker w WHERE w.worker_id = $1 AND w.expires_at > now())
  ORDER BY i.wake_at
  LIMIT $4
  FOR UPDATE OF i SKIP LOCKED
)
UPDATE durable.instance i
SET status = 'running', worker_id = $1, epoch = i.epoch + 1, wake_at = NULL, waiting_for = NULL,
    claims_without_progress = CASE
      WHEN (SELECT true FROM durable.step s WHERE s.instance_id = i.instance_id AND s.epoch = i.epoch LIMIT 1) THEN 1
      ELSE greatest(i.claims_without_progress, least(i.claims_without_progress + 1, 2)) END
FROM due
WHERE i.instance_id = due.instance_id
RETURNING i.instance_id, i.name, i.version, i.epoch, i.input, i.label, i.created_at, i.claims_without_progress,
  EXTRACT(EPOCH FROM now() - due.wake_at)::float8 AS late
