-- Rows of tables. A filter that is null does not filter; @after_... are the key of the last row of the page before.
SELECT r.*
FROM docpipeline.table_rows_v1 r
WHERE (@submission_id::uuid[] IS NULL OR r.submission_id = ANY (@submission_id))
  AND (@document_type::text[] IS NULL OR r.document_type = ANY (@document_type))
  AND (@table_name::text[] IS NULL OR r.table_name = ANY (@table_name))
  AND (@after_submission_id::uuid IS NULL
    OR (r.submission_id, r.document, r.table_name, r.row) > (@after_submission_id, @after_document, @after_table_name, @after_row))
ORDER BY r.submission_id, r.document, r.table_name, r.row
LIMIT @limit
