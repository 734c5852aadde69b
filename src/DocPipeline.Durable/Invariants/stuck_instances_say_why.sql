-- What is dead or parked has a reason, and a failed step it names is in the journal as failed.
-- No reason at all is impossible: instance_reason_iff_stuck, instance_reason_is_not_empty.
SELECT i.instance_id, i.status, i.failed_step
FROM durable.instance i
WHERE (i.status IN ('dead', 'parked') AND coalesce(i.reason, '') = '')
  OR (i.failed_step IS NOT NULL
    AND NOT EXISTS (SELECT FROM durable.step s WHERE s.instance_id = i.instance_id AND s.step_no = i.failed_step AND s.status = 'failed'))
