-- Copies of all completed instances with their journals, to be carried from the beginning to the end once more.
WITH copied AS (
  INSERT INTO durable.instance (instance_id, name, version, input, epoch, created_at)
  SELECT instance_id || '/replayed', name, version, input, epoch, created_at FROM durable.instance WHERE status = 'completed'
)
INSERT INTO durable.step (instance_id, step_no, round, kind, name, input_sha256, attempt_id, status, result, failure, attempts, recorded_at, epoch)
SELECT s.instance_id || '/replayed', s.step_no, s.round, s.kind, s.name, s.input_sha256, s.attempt_id, s.status, s.result, s.failure, s.attempts, s.recorded_at, s.epoch
FROM durable.step s JOIN durable.instance i USING (instance_id) WHERE i.status = 'completed'
