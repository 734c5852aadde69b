-- $1 submission.
SELECT decision, by, at, note, corrections FROM docpipeline.review_decision WHERE submission_id = $1
