-- An instance has one owner while it runs and none otherwise.
-- Two owners are impossible: one column of one row holds the owner (instance_pk, instance_worker_iff_running).
SELECT instance_id, status, worker_id
FROM durable.instance
WHERE (worker_id IS NOT NULL) <> (status = 'running')
