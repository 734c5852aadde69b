-- $1 submission, $2 corrections. A correction that points nowhere keeps the place of the reading it corrects.
INSERT INTO docpipeline.claim_field AS f (submission_id, name, value, confidence, accepted, page, x0, y0, x1, y1, source, alternatives)
SELECT $1, c.field, c."to", 1, true, c.page, c.x0, c.y0, c.x1, c.y1, 'person', '[]'
FROM jsonb_to_recordset($2) AS c(
  field text, "to" text, page integer, x0 double precision, y0 double precision, x1 double precision, y1 double precision)
WHERE c."to" IS NOT NULL
ON CONFLICT ON CONSTRAINT claim_field_pk DO UPDATE SET
  value = excluded.value, confidence = 1, accepted = true, source = 'person', chosen_by = NULL, witnesses = '[]',
  page = CASE WHEN excluded.page IS NULL THEN f.page ELSE excluded.page END,
  x0 = CASE WHEN excluded.page IS NULL THEN f.x0 ELSE excluded.x0 END,
  y0 = CASE WHEN excluded.page IS NULL THEN f.y0 ELSE excluded.y0 END,
  x1 = CASE WHEN excluded.page IS NULL THEN f.x1 ELSE excluded.x1 END,
  y1 = CASE WHEN excluded.page IS NULL THEN f.y1 ELSE excluded.y1 END
