-- Findings. A filter that is null does not filter; @after_... are the key of the last row of the page before.
SELECT f.*
FROM docpipeline.findings_v1 f
WHERE (@submission_id::uuid[] IS NULL OR f.submission_id = ANY (@submission_id))
  AND (@state::text[] IS NULL OR f.state = ANY (@state))
  AND (@rule::text[] IS NULL OR f.rule = ANY (@rule))
  AND (@severity::text[] IS NULL OR f.severity = ANY (@severity))
  AND (@after_submission_id::uuid IS NULL OR (f.submission_id, f.finding) > (@after_submission_id, @after_finding))
ORDER BY f.submission_id, f.finding
LIMIT @limit
