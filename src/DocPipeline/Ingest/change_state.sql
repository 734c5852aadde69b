-- $1 submission, $2 state, $3 by, $4 reason code, $5 reason, $6 detail.
-- True: changed. False: it was in that state already. No row: no such submission.
WITH changed AS (
  UPDATE docpipeline.submission
  SET state = $2, state_by = $3, reason_code = $4, reason = $5, state_detail = $6
  WHERE id = $1 AND state <> $2
  RETURNING id
)
SELECT EXISTS (SELECT FROM changed) FROM docpipeline.submission WHERE id = $1
