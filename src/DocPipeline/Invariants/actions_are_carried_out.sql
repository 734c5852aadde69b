-- What a person decided about a version of a submission is what became of it next, by the same person; unless it died on the way.
SELECT r.submission_id, r.version, r.kind, n.to_state, n.reason_code, n.by
FROM docpipeline.review_action r
JOIN docpipeline.audit n ON n.submission_id = r.submission_id AND n.seq = r.version + 1
WHERE r.decision IS NOT NULL AND n.to_state <> 'dead'
  AND (n.to_state, n.reason_code, n.by) IS DISTINCT FROM (
    CASE r.kind WHEN 'approve' THEN 'reviewed' WHEN 'regroup' THEN 'processing' ELSE 'rejected' END,
    CASE r.kind WHEN 'reject' THEN 'rejected_by_reviewer' WHEN 'send_back' THEN 'sent_back' END,
    r.by)
