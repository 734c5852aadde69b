-- Changes of state. A filter that is null does not filter; @after_... are the key of the last row of the page before.
SELECT a.submission_id, a.seq, a.at, a.from_state, a.to_state, a.reason_code, a.reason, a.by, a.detail, encode(a.hash, 'hex') AS hash
FROM docpipeline.audit a
WHERE (@submission_id::uuid[] IS NULL OR a.submission_id = ANY (@submission_id))
  AND (@to_state::text[] IS NULL OR a.to_state = ANY (@to_state))
  AND (@by::text IS NULL OR a.by = @by)
  AND (@at_from::timestamptz IS NULL OR a.at >= @at_from)
  AND (@at_before::timestamptz IS NULL OR a.at < @at_before)
  AND (@after_submission_id::uuid IS NULL OR (a.submission_id, a.seq) > (@after_submission_id, @after_seq))
ORDER BY a.submission_id, a.seq
LIMIT @limit
