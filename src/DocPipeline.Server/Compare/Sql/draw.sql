-- $1 challenger, $2 share. Chance decides once about each claim that was stored within the last day.
INSERT INTO docpipeline.comparison (submission_id, challenger, drawn)
SELECT c.submission_id, $1, random() < $2
FROM docpipeline.claim c
WHERE c.stored_at > now() - interval '1 day'
  AND NOT EXISTS (SELECT FROM docpipeline.comparison k WHERE k.submission_id = c.submission_id AND k.challenger = $1)
ON CONFLICT ON CONSTRAINT comparison_once DO NOTHING
