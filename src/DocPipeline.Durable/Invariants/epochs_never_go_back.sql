-- Along the journal of an instance the epochs never decrease: a worker that had lost the instance recorded nothing.
-- The epoch of the instance itself cannot go back: trigger instance_guard.
SELECT instance_id, step_no, epoch, epoch_before
FROM (
  SELECT instance_id, step_no, epoch, lag(epoch) OVER (PARTITION BY instance_id ORDER BY round, recorded_at, epoch) AS epoch_before
  FROM durable.step
) s
WHERE epoch < epoch_before
