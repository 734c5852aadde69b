-- $1 submission, $2 rows.
INSERT INTO docpipeline.finding (submission_id, finding, document, rule, severity, message, field, evidence)
SELECT $1, finding, document, rule, severity, message, field, evidence
FROM jsonb_to_recordset($2) AS r(
  finding integer, document integer, rule text, severity text, message text, field text, evidence jsonb)
