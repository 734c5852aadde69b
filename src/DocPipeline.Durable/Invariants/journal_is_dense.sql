-- The steps of an instance are numbered from 1 without a gap; only its newest round may still lack some.
-- Two results for one step are impossible: step_pk.
WITH journal AS (
  SELECT s.instance_id, s.step_no, s.round,
         row_number() OVER (PARTITION BY s.instance_id ORDER BY s.step_no) AS place,
         max(s.round) OVER (PARTITION BY s.instance_id) AS newest_round
  FROM durable.step s
)
SELECT j.instance_id, min(j.step_no) AS step_after_gap
FROM journal j
JOIN durable.instance i ON i.instance_id = j.instance_id
WHERE j.step_no <> j.place AND (j.round < j.newest_round OR i.status = 'completed')
GROUP BY j.instance_id
