-- Published changes, oldest first. A filter that is null does not filter; @after_... are the key of the last row of the page before.
SELECT c.*
FROM docpipeline.changes_v1 c
WHERE (@submission_id::uuid[] IS NULL OR c.submission_id = ANY (@submission_id))
  AND (@type::text[] IS NULL OR c.type = ANY (@type))
  AND (@at_from::timestamptz IS NULL OR c.at >= @at_from)
  AND (@after_position::bigint IS NULL OR c.position > @after_position)
ORDER BY c.position
LIMIT @limit
