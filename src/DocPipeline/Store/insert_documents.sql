-- $1 submission, $2 rows.
INSERT INTO docpipeline.claim_document (submission_id, document, type, type_confidence, pages)
SELECT $1, document, type, type_confidence, pages
FROM jsonb_to_recordset($2) AS r(document integer, type text, type_confidence double precision, pages integer[])
