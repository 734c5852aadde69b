-- $1 submission.
SELECT seq, at, from_state, to_state, reason_code, reason, by, detail
FROM docpipeline.audit
WHERE submission_id = $1
ORDER BY seq
