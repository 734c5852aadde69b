-- Calls of services. A filter that is null does not filter; @after_... are the key of the last row of the page before.
SELECT c.*
FROM docpipeline.costs_v1 c
WHERE (@submission_id::uuid[] IS NULL OR c.submission_id = ANY (@submission_id))
  AND (@content_sha256::text IS NULL OR c.content_sha256 = @content_sha256)
  AND (@provider::text[] IS NULL OR c.provider = ANY (@provider))
  AND (@outcome::text[] IS NULL OR c.outcome = ANY (@outcome))
  AND (@sent_from::timestamptz IS NULL OR c.sent_at >= @sent_from)
  AND (@sent_before::timestamptz IS NULL OR c.sent_at < @sent_before)
  AND (@after_sent_at::timestamptz IS NULL OR (c.sent_at, c.call_id) > (@after_sent_at, @after_call_id))
ORDER BY c.sent_at, c.call_id
LIMIT @limit
