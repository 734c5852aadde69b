-- A person's decision and the state of the submission agree: approved is reviewed, refused is rejected, and neither is there without a decision.
SELECT coalesce(s.id, r.submission_id) AS submission_id, s.state, r.decision
FROM (SELECT id, state, reason_code FROM docpipeline.submission WHERE state = 'reviewed' OR reason_code = 'rejected_by_reviewer') s
FULL JOIN docpipeline.review_decision r ON r.submission_id = s.id
WHERE s.id IS NULL OR r.submission_id IS NULL OR s.state <> CASE r.decision WHEN 'approve' THEN 'reviewed' ELSE 'rejected' END
