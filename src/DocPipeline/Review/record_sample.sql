-- $1 submission, $2 by, $3 note, $4 changes: field and value after. One row, or none if there is no open sample: somebody was faster.
WITH released AS (
  DELETE FROM docpipeline.review_assignment WHERE submission_id = $1 AND account = $2 RETURNING taken_at
), changes AS (
  SELECT coalesce(jsonb_agg(jsonb_build_object('field', c.field, 'from', f.value, 'to', c."to") ORDER BY c.field), '[]') AS list, count(*)::integer AS wrong,
         count(*) FILTER (WHERE f.name IS NULL)::integer AS missed
  FROM jsonb_to_recordset($4) AS c(field text, "to" text)
  LEFT JOIN docpipeline.claim_field f ON f.submission_id = $1 AND f.name = c.field
)
INSERT INTO docpipeline.quality_result (submission_id, by, fields, wrong, seconds, note, changes)
SELECT w.submission_id, $2, (SELECT count(*)::integer FROM docpipeline.claim_field f WHERE f.submission_id = $1) + changes.missed, changes.wrong,
  (SELECT least(greatest(extract(epoch FROM clock_timestamp() - taken_at), 0), 1800) FROM released), $3, changes.list
FROM docpipeline.review_waiting w, changes
WHERE w.submission_id = $1 AND w.state = 'sample'
ON CONFLICT ON CONSTRAINT quality_result_once DO NOTHING
RETURNING 1
