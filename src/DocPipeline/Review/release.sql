-- $1 submission, $2 account.
DELETE FROM docpipeline.review_assignment WHERE submission_id = $1 AND account = $2
