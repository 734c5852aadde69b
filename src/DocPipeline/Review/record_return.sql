-- $1 submission, $2 version, $3 by, $4 first by, $5 note, $6 the first approval. Gives the document back to the queue.
WITH released AS (
  DELETE FROM docpipeline.review_assignment WHERE submission_id = $1 AND account = $3 RETURNING taken_at
)
INSERT INTO docpipeline.review_action (submission_id, version, kind, by, first_by, note, seconds, returns)
SELECT $1, $2, 'return', $3, $4, $5, (SELECT least(greatest(extract(epoch FROM clock_timestamp() - taken_at), 0), 1800) FROM released), $6
