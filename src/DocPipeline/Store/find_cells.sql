-- $1 submission, $2 cells with their value after. The same with the value before; what is no cell of a stored row is left out.
SELECT coalesce(jsonb_agg(jsonb_build_object(
  'document', c.document, 'table', c."table", 'row', c.row, 'column', c."column", 'from', t.cells ->> c."column", 'to', c."to")
  ORDER BY c.document, c."table", c.row, c."column"), '[]')::text
FROM jsonb_to_recordset($2) AS c(document integer, "table" text, row integer, "column" text, "to" text)
JOIN docpipeline.claim_table_row t ON t.submission_id = $1 AND t.document = c.document AND t.table_name = c."table" AND t.row = c.row
