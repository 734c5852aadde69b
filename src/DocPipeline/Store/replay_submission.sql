-- $1 submission, $2 by. Back to the state it died in, and where that needs a reason, to the reason it had there.
UPDATE docpipeline.submission s
SET state = s.dead_from, state_by = $2, state_detail = NULL, reason_code = before.reason_code, reason = before.reason
FROM (
  SELECT a.reason_code, a.reason
  FROM docpipeline.audit a
  WHERE a.submission_id = $1 AND a.to_state <> 'dead'
  ORDER BY a.seq DESC
  LIMIT 1
) before
WHERE s.id = $1 AND s.state = 'dead'
