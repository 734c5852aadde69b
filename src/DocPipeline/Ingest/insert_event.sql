-- $1 source, $2 event key, $3 submission. No row: the event is known. Waits for a racer that is about to commit the same event.
INSERT INTO docpipeline.bucket_event (source, event_key, submission_id)
VALUES ($1, $2, $3)
ON CONFLICT ON CONSTRAINT bucket_event_once DO NOTHING
