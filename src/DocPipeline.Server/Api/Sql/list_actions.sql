-- What people did. A filter that is null does not filter; @after_... are the key of the last row of the page before.
SELECT r.id AS action, r.submission_id, r.version, r.kind, r.by, r.first_by, r.at, r.note, r.changes, encode(r.hash, 'hex') AS hash
FROM docpipeline.review_action r
WHERE (@submission_id::uuid[] IS NULL OR r.submission_id = ANY (@submission_id))
  AND (@kind::text[] IS NULL OR r.kind = ANY (@kind))
  AND (@by::text IS NULL OR r.by = @by)
  AND (@at_from::timestamptz IS NULL OR r.at >= @at_from)
  AND (@at_before::timestamptz IS NULL OR r.at < @at_before)
  AND (@after_action::bigint IS NULL OR r.id > @after_action)
ORDER BY r.id
LIMIT @limit
