-- $1 worker, $2 instances that it knows to run, $3 their epochs. What it holds beyond these came with a claim whose reply was lost.
-- claims_without_progress stays.
UPDATE durable.instance SET status = 'pending', worker_id = NULL, wake_at = now()
WHERE status = 'running' AND worker_id = $1 AND (instance_id, epoch) NOT IN (SELECT i, e FROM unnest($2::text[], $3::bigint[]) AS known(i, e))
