-- $1 submission, $2 account, $3 how long, $4 from anybody. A row if it is the account's now.
INSERT INTO docpipeline.review_assignment AS h (submission_id, account, taken_at, until)
SELECT w.submission_id, $2, clock_timestamp(), clock_timestamp() + $3 FROM docpipeline.review_waiting w WHERE w.submission_id = $1 AND w.state <> 'dead'
ON CONFLICT ON CONSTRAINT review_assignment_once DO UPDATE SET
  account = excluded.account,
  -- A sign of life keeps the time of taking; a hold that had run out begins anew.
  taken_at = CASE WHEN h.account = excluded.account AND h.until > clock_timestamp() THEN h.taken_at ELSE excluded.taken_at END,
  until = excluded.until
WHERE h.account = excluded.account OR h.until <= clock_timestamp() OR $4
RETURNING 1
