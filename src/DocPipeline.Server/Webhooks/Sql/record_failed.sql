-- $1 endpoint, $2 lease, $3 position, $4 problem, $5 seconds to rest, $6 seconds after which a message is given up, $7 whether the receiver is gone.
-- Ends the lease. Returns whether the message is a dead letter now; no row: the lease is lost.
WITH mine AS (
  SELECT e.id, e.attempts, coalesce(e.failing_since, now()) AS failing_since,
         coalesce(e.failing_since, now()) <= now() - make_interval(secs => $6)
           AND greatest(o.created_at, e.owed_since) <= now() - make_interval(secs => $6) AS is_dead
  FROM docpipeline.webhook_endpoint e
  JOIN docpipeline.outbox o ON o.position = $3
  WHERE e.id = $1 AND e.lease = $2
  FOR UPDATE OF e
), letter AS (
  INSERT INTO docpipeline.webhook_delivery (endpoint_id, position, outcome, attempts, problem)
  SELECT id, $3, 'dead', attempts + 1, $4 FROM mine WHERE is_dead
  ON CONFLICT ON CONSTRAINT webhook_delivery_pk DO UPDATE SET outcome = 'dead', attempts = excluded.attempts, at = excluded.at, problem = excluded.problem
)
UPDATE docpipeline.webhook_endpoint e
SET position = CASE WHEN mine.is_dead THEN $3 ELSE e.position END,
    attempts = CASE WHEN mine.is_dead THEN 0 ELSE e.attempts + 1 END,
    failures = e.failures + 1,
    failing_since = mine.failing_since,
    last_problem = $4,
    next_attempt_at = now() + make_interval(secs => $5),
    disabled_at = CASE WHEN $7 THEN now() ELSE e.disabled_at END,
    lease = NULL,
    lease_until = NULL
FROM mine
WHERE e.id = mine.id
RETURNING mine.is_dead
