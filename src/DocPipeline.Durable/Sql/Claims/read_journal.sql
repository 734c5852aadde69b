-- $1 instances. Runs after the claim has committed: nothing recorded under an older epoch can be missed.
SELECT instance_id, step_no, kind, name, input_sha256, status, result, failure, attempts, recorded_at,
  EXTRACT(EPOCH FROM due_at - now())::float8 AS due_in
FROM durable.step
WHERE instance_id = ANY ($1)
