-- $1 submission, $2 corrections, $3 decision, $4 by, $5 at, $6 note. No row: somebody has decided already.
INSERT INTO docpipeline.review_decision (submission_id, decision, by, at, note, corrections)
VALUES ($1, $3, $4, $5, $6, $2)
ON CONFLICT ON CONSTRAINT review_decision_once DO NOTHING
