-- $1 submission. Its state, and the decision that is written down and not carried out yet, or null.
SELECT s.state, s.reason_code, (SELECT p.decision FROM docpipeline.review_pending p WHERE p.submission_id = s.id ORDER BY p.version DESC LIMIT 1)
FROM docpipeline.submission s WHERE s.id = $1
