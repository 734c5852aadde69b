-- $1 instance. The failing step, what failed beside it, and everything after its round; results recorded beside it stay.
-- Events taken by archived steps become available again.
WITH failing AS (
  SELECT s.step_no, s.round FROM durable.step s
  JOIN durable.instance i ON i.instance_id = s.instance_id AND i.failed_step = s.step_no
  WHERE s.instance_id = $1
), removed AS (
  DELETE FROM durable.step s USING failing f
  WHERE s.instance_id = $1 AND (s.round > f.round OR (s.step_no >= f.step_no AND s.status <> 'completed'))
  RETURNING s.*
), given_back AS (
  UPDATE durable.inbox x SET taken_by_step = NULL FROM removed r WHERE x.instance_id = $1 AND x.taken_by_step = r.step_no
)
INSERT INTO durable.step_archive SELECT r.*, now() FROM removed r
