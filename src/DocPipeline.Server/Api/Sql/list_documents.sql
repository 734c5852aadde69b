-- Documents of files. A filter that is null does not filter; @after_... are the key of the last row of the page before.
SELECT d.*
FROM docpipeline.documents_v1 d
WHERE (@submission_id::uuid[] IS NULL OR d.submission_id = ANY (@submission_id))
  AND (@state::text[] IS NULL OR d.state = ANY (@state))
  AND (@type::text[] IS NULL OR d.type = ANY (@type))
  AND (@after_submission_id::uuid IS NULL OR (d.submission_id, d.document) > (@after_submission_id, @after_document))
ORDER BY d.submission_id, d.document
LIMIT @limit
