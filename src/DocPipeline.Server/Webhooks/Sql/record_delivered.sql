-- $1 endpoint, $2 lease, $3 position. Moves the endpoint on and says why, in one. 0 rows: the lease is lost, and with it the right to say so.
WITH mine AS (
  SELECT id, attempts FROM docpipeline.webhook_endpoint WHERE id = $1 AND lease = $2 FOR UPDATE
), moved AS (
  UPDATE docpipeline.webhook_endpoint e
  SET position = $3, attempts = 0, failures = 0, failing_since = NULL, last_problem = NULL, next_attempt_at = now()
  FROM mine WHERE e.id = mine.id
)
INSERT INTO docpipeline.webhook_delivery (endpoint_id, position, outcome, attempts)
SELECT id, $3, 'delivered', attempts + 1 FROM mine
ON CONFLICT ON CONSTRAINT webhook_delivery_pk DO UPDATE SET outcome = 'delivered', attempts = excluded.attempts, at = excluded.at, problem = NULL
