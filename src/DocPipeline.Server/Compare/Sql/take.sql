-- $1 challenger. The next claim to compare, for a quarter of an hour; three times at most, so that one that kills its process ends.
-- Returns also the derived file with what the live way read first, as the audit knows it.
UPDATE docpipeline.comparison k
SET attempts = k.attempts + 1, lease_until = now() + interval '15 minutes'
FROM docpipeline.claim c
WHERE c.submission_id = k.submission_id AND k.challenger = $1 AND k.submission_id = (
  SELECT w.submission_id FROM docpipeline.comparison w
  WHERE w.challenger = $1 AND w.drawn AND w.done_at IS NULL AND w.attempts < 3 AND (w.lease_until IS NULL OR w.lease_until < now())
  ORDER BY w.drawn_at, w.submission_id
  FOR UPDATE SKIP LOCKED
  LIMIT 1)
RETURNING k.submission_id, c.content,
  (SELECT a.detail ->> 'result' FROM docpipeline.audit a WHERE a.submission_id = k.submission_id AND a.detail ? 'result' ORDER BY a.seq LIMIT 1)
