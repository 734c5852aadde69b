-- Fields of single documents. A filter that is null does not filter; @after_... are the key of the last row of the page before.
SELECT f.*
FROM docpipeline.document_fields_v1 f
WHERE (@submission_id::uuid[] IS NULL OR f.submission_id = ANY (@submission_id))
  AND (@document_type::text[] IS NULL OR f.document_type = ANY (@document_type))
  AND (@name::text[] IS NULL OR f.name = ANY (@name))
  AND (@after_submission_id::uuid IS NULL OR (f.submission_id, f.document, f.name) > (@after_submission_id, @after_document, @after_name))
ORDER BY f.submission_id, f.document, f.name
LIMIT @limit
