-- What a person decided about a version of a submission is what became of it next, by the same person; unless it died on the way.
SELECT r.submission_id, r.version, r.kind, n.to_state, n.by
FROM docpipeline.review_action r
JOIN docpipeline.audit n ON n.submission_id = r.submission_id AND n.seq = r.version + 1
WHERE r.kind IN ('approve', 'reject') AND n.to_state <> 'dead'
  AND (n.to_state, n.by) IS DISTINCT FROM (CASE r.kind WHEN 'approve' THEN 'reviewed' ELSE 'rejected' END, r.by)
