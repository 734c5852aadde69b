-- How long the stages of documents took within the last day: how often each was passed, and the seconds from the end of the stage before it, or from the
-- door, to its own end (median, 95th of 100). Pages or parts that were read side by side end together. Waiting for a free worker and for another attempt
-- counts, waiting for a person does not.
WITH round AS (
  SELECT s.instance_id, s.round, min(s.name) AS stage, bool_and(s.kind = 'activity') AS is_work, max(s.recorded_at) AS ended
  FROM durable.step s
  WHERE s.status IN ('completed', 'failed') AND s.recorded_at > now() - interval '1 day'
  GROUP BY s.instance_id, s.round
), timed AS (
  SELECT r.stage, r.is_work, r.round,
         EXTRACT(EPOCH FROM r.ended - CASE
           WHEN r.round = 1 THEN i.created_at
           ELSE lag(r.ended) OVER (PARTITION BY r.instance_id ORDER BY r.round) END)::float8 AS seconds
  FROM round r
  JOIN durable.instance i ON i.instance_id = r.instance_id AND i.name = 'document-pipeline'
)
SELECT stage, count(*)::int,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds),
       percentile_cont(0.95) WITHIN GROUP (ORDER BY seconds)
FROM timed
WHERE is_work AND seconds IS NOT NULL
GROUP BY stage
ORDER BY percentile_cont(0.5) WITHIN GROUP (ORDER BY round), stage
