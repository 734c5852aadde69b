-- $1 submission, $2 corrections: those without a value say that the field is not on the document.
DELETE FROM docpipeline.claim_field f
USING jsonb_to_recordset($2) AS c(field text, "to" text)
WHERE f.submission_id = $1 AND f.name = c.field AND c."to" IS NULL
