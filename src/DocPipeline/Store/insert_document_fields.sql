-- $1 submission, $2 rows.
INSERT INTO docpipeline.document_field (submission_id, document, name, value, confidence, accepted, page, x0, y0, x1, y1, evidence_text, source, alternatives, chosen_by, witnesses)
SELECT $1, document, name, value, confidence, accepted, page, x0, y0, x1, y1, evidence_text, source, alternatives, chosen_by, coalesce(witnesses, '[]')
FROM jsonb_to_recordset($2) AS r(
  document integer, name text, value text, confidence double precision, accepted boolean,
  page integer, x0 double precision, y0 double precision, x1 double precision, y1 double precision, evidence_text text, source text, alternatives jsonb, chosen_by text, witnesses jsonb)
