-- $1 account, $2 not this submission. What has waited longest and is held by nobody else; not what the same person has approved first.
SELECT w.submission_id
FROM docpipeline.review_waiting w
WHERE w.state <> 'dead' AND w.submission_id IS DISTINCT FROM $2
  AND NOT EXISTS (
    SELECT FROM docpipeline.review_assignment h WHERE h.submission_id = w.submission_id AND h.until > now() AND h.account <> $1)
  AND NOT EXISTS (
    SELECT FROM docpipeline.review_action r
    WHERE r.submission_id = w.submission_id AND r.version = w.version AND r.kind = 'first_approval' AND r.by = $1)
ORDER BY w.since, w.submission_id
LIMIT 1
