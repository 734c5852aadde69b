-- One version of one object is one submission.
-- A second one is impossible: submission_once.
SELECT min(id::text) AS submission_id, count(*) AS times
FROM docpipeline.submission
GROUP BY bucket, key, version
HAVING count(*) > 1
