-- $1 submission.
WITH this AS (
  SELECT s.id, s.state, s.state_by, (SELECT max(a.seq) FROM docpipeline.audit a WHERE a.submission_id = s.id) AS version
  FROM docpipeline.submission s WHERE s.id = $1
)
SELECT s.state,
       -- Who decided last; the pipeline may have worked on it since.
       coalesce((SELECT r.by FROM docpipeline.review_action r WHERE r.submission_id = s.id AND r.decision IS NOT NULL ORDER BY r.version DESC LIMIT 1), s.state_by) AS changed_by,
       s.version,
       (SELECT h.account FROM docpipeline.review_assignment h WHERE h.submission_id = s.id AND h.until > clock_timestamp()) AS held_by,
       (SELECT p.by FROM docpipeline.review_pending p WHERE p.submission_id = s.id ORDER BY p.version DESC LIMIT 1) AS ended_by,
       first.id AS first, first.by AS first_by, returned.by AS returned_by,
       (SELECT c.total_amount FROM docpipeline.claim c WHERE c.submission_id = s.id) AS amount,
       ARRAY(SELECT unnest(d.pages) AS page FROM docpipeline.claim_document d WHERE d.submission_id = s.id ORDER BY page) AS pages
FROM this s
LEFT JOIN LATERAL (
  SELECT r.id, r.by FROM docpipeline.review_action r
  WHERE r.submission_id = s.id AND r.version = s.version AND r.kind = 'first_approval' ORDER BY r.id DESC LIMIT 1
) first ON true
LEFT JOIN docpipeline.review_action returned ON returned.returns = first.id
