-- Submissions, newest first. A filter that is null does not filter; @after_... are the key of the last row of the page before.
SELECT s.*
FROM docpipeline.submissions_v1 s
WHERE (@submission_id::uuid[] IS NULL OR s.submission_id = ANY (@submission_id))
  AND (@state::text[] IS NULL OR s.state = ANY (@state))
  AND (@bucket::text IS NULL OR s.bucket = @bucket)
  AND (@key::text IS NULL OR s.key = @key)
  AND (@reason_code::text[] IS NULL OR s.reason_code = ANY (@reason_code))
  AND (@received_from::timestamptz IS NULL OR s.received_at >= @received_from)
  AND (@received_before::timestamptz IS NULL OR s.received_at < @received_before)
  AND (@content_sha256::text IS NULL OR s.content_sha256 = @content_sha256)
  AND (@duplicate_of::uuid IS NULL OR s.duplicate_of = @duplicate_of)
  AND (@replaces::uuid IS NULL OR s.replaces = @replaces)
  AND (@after_received_at::timestamptz IS NULL OR (s.received_at, s.submission_id) < (@after_received_at, @after_submission_id))
ORDER BY s.received_at DESC, s.submission_id DESC
LIMIT @limit
