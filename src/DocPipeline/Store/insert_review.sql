-- $1 submission, $2 corrections, $3 decision, $4 by, $5 at, $6 note. True if this is now the recorded decision, false if another one was.
WITH inserted AS (
  INSERT INTO docpipeline.review_decision (submission_id, decision, by, at, note, corrections)
  VALUES ($1, $3, $4, $5, $6, $2)
  ON CONFLICT ON CONSTRAINT review_decision_once DO NOTHING
  RETURNING 1
)
SELECT EXISTS (SELECT FROM inserted) OR EXISTS (SELECT FROM docpipeline.review_decision WHERE submission_id = $1 AND decision = $3 AND by = $4)
