-- $1 submission.
WITH this AS (
  SELECT s.id, s.state, s.state_by, (SELECT max(a.seq) FROM docpipeline.audit a WHERE a.submission_id = s.id) AS version
  FROM docpipeline.submission s WHERE s.id = $1
)
SELECT s.state, s.state_by, s.version,
       (SELECT h.account FROM docpipeline.review_assignment h WHERE h.submission_id = s.id AND h.until > clock_timestamp()) AS held_by,
       (SELECT r.by FROM docpipeline.review_action r
        WHERE r.submission_id = s.id AND r.version = s.version AND r.kind IN ('approve', 'reject')) AS ended_by,
       (SELECT r.by FROM docpipeline.review_action r
        WHERE r.submission_id = s.id AND r.version = s.version AND r.kind = 'first_approval' ORDER BY r.id DESC LIMIT 1) AS first_by,
       (SELECT c.total_amount FROM docpipeline.claim c WHERE c.submission_id = s.id) AS amount
FROM this s
