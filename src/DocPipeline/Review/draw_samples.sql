-- $1 share. Chance decides once about each claim that was accepted within the last day.
INSERT INTO docpipeline.quality_draw (submission_id, drawn, share)
SELECT s.id, random() < $1, $1
FROM docpipeline.submission s
JOIN docpipeline.claim c ON c.submission_id = s.id
WHERE s.state = 'accepted' AND s.state_at > now() - interval '1 day'
  AND NOT EXISTS (SELECT FROM docpipeline.quality_draw d WHERE d.submission_id = s.id)
ON CONFLICT ON CONSTRAINT quality_draw_once DO NOTHING
