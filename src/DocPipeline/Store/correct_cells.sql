-- $1 submission, $2 cells: one without a value says that nothing stands there.
UPDATE docpipeline.claim_table_row t
SET cells = jsonb_strip_nulls(t.cells || c.cells)
FROM (
  SELECT document, "table", row, jsonb_object_agg("column", "to") AS cells
  FROM jsonb_to_recordset($2) AS r(document integer, "table" text, row integer, "column" text, "to" text)
  GROUP BY document, "table", row
) c
WHERE t.submission_id = $1 AND t.document = c.document AND t.table_name = c."table" AND t.row = c.row
