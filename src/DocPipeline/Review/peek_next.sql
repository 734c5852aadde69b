-- $1 account, $2 not this submission. What was returned to the person, then what has waited longest; held by nobody else. Not what the same
-- person has approved first, nor what was returned to somebody else.
SELECT w.submission_id
FROM docpipeline.review_waiting w
LEFT JOIN LATERAL (
  SELECT r.id, r.by FROM docpipeline.review_action r
  WHERE r.submission_id = w.submission_id AND r.version = w.version AND r.kind = 'first_approval' ORDER BY r.id DESC LIMIT 1
) first ON true
LEFT JOIN docpipeline.review_action returned ON returned.returns = first.id
WHERE w.state <> 'dead' AND w.submission_id IS DISTINCT FROM $2
  AND NOT EXISTS (
    SELECT FROM docpipeline.review_assignment h WHERE h.submission_id = w.submission_id AND h.until > now() AND h.account <> $1)
  AND (first.by IS NULL OR (first.by = $1) = (returned.by IS NOT NULL))
ORDER BY returned.by IS NULL, w.since, w.submission_id
LIMIT 1
