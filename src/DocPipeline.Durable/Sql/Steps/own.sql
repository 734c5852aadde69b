-- $1 instance, $2 step, $3 attempt id. Finds the row of a commit whose reply was lost.
SELECT recorded_at, result FROM durable.step WHERE instance_id = $1 AND step_no = $2 AND attempt_id = $3
