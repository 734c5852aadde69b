-- Steps that ran side by side are neighbours: along the step numbers the rounds never go back and none is left out.
SELECT instance_id, step_no, round
FROM (
  SELECT instance_id, step_no, round, lag(round, 1, 0) OVER (PARTITION BY instance_id ORDER BY step_no) AS round_before
  FROM durable.step
) s
WHERE round NOT IN (round_before, round_before + 1)
