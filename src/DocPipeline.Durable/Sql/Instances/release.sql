-- $1 instance, $2 epoch, $3 label. Back to the queue, to be claimed when its first retry is due, or at once if none is pending.
UPDATE durable.instance
SET status = 'pending', worker_id = NULL, claims_without_progress = 0, label = $3,
    wake_at = COALESCE((SELECT min(s.due_at) FROM durable.step s WHERE s.instance_id = $1 AND s.status = 'retrying'), now())
WHERE instance_id = $1 AND epoch = $2 AND status = 'running'
RETURNING EXTRACT(EPOCH FROM wake_at - now())::float8
