-- $1 submission.
SELECT name, value FROM docpipeline.claim_field WHERE submission_id = $1
