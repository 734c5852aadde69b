-- $1 submission, $2 rows.
INSERT INTO docpipeline.claim_table_row (submission_id, document, table_name, row, cells, page, x0, y0, x1, y1, evidence_text, source)
SELECT $1, document, table_name, row, cells, page, x0, y0, x1, y1, evidence_text, source
FROM jsonb_to_recordset($2) AS r(
  document integer, table_name text, row integer, cells jsonb,
  page integer, x0 double precision, y0 double precision, x1 double precision, y1 double precision, evidence_text text, source text)
