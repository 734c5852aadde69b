-- $1 submission, $2 by.
INSERT INTO docpipeline.review_action (submission_id, version, kind, by)
SELECT $1, max(a.seq), 'replay', $2 FROM docpipeline.audit a WHERE a.submission_id = $1
