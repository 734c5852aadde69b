-- What ends a review, or sends a submission back into processing, is a person's decision: none of these is in the audit without one.
SELECT a.submission_id, a.seq, a.to_state, a.reason_code, a.by
FROM docpipeline.audit a
WHERE (a.to_state = 'reviewed' OR (a.from_state = 'needs_review' AND a.to_state IN ('rejected', 'processing')))
  AND NOT EXISTS (
    SELECT FROM docpipeline.review_action r
    WHERE r.submission_id = a.submission_id AND r.version < a.seq AND r.by = a.by
      AND r.kind = CASE WHEN a.to_state = 'reviewed' THEN 'approve' WHEN a.to_state = 'processing' THEN 'regroup' WHEN a.reason_code = 'sent_back' THEN 'send_back' ELSE 'reject' END)
