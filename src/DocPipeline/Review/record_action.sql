-- $1 submission, $2 version, $3 kind, $4 by, $5 first by, $6 note, $7 changes: field or cell and value after, $8 the decision, or null if it ends nothing. Gives the document back; values before are looked up.
WITH released AS (
  DELETE FROM docpipeline.review_assignment WHERE submission_id = $1 AND account = $4 RETURNING taken_at
)
INSERT INTO docpipeline.review_action (submission_id, version, kind, by, first_by, note, seconds, changes, decision)
SELECT $1, $2, $3, $4, $5, $6,
  (SELECT least(greatest(extract(epoch FROM clock_timestamp() - taken_at), 0), 1800) FROM released),
  coalesce((
    SELECT jsonb_agg(jsonb_build_object('field', c.field, 'from', coalesce(f.value, t.cells ->> c."column"), 'to', c."to", 'page', c.page) ORDER BY c.field)
    FROM jsonb_to_recordset($7) AS c(field text, "to" text, page integer, document integer, "table" text, row integer, "column" text)
    LEFT JOIN docpipeline.claim_field f ON f.submission_id = $1 AND f.name = c.field
    LEFT JOIN docpipeline.claim_table_row t
      ON t.submission_id = $1 AND t.document = c.document AND t.table_name = c."table" AND t.row = c.row), '[]'), $8
