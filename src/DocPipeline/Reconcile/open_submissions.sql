-- $1 seconds, $2 most rows. Submissions whose workflow should have moved them on by now: in work for longer than that, or decided longer ago than that.
SELECT s.id, s.state
FROM docpipeline.submission s
LEFT JOIN docpipeline.review_pending d ON d.submission_id = s.id AND s.state = 'needs_review'
WHERE (s.state = 'processing' AND s.state_at < now() - make_interval(secs => $1))
  OR (s.state = 'needs_review' AND d.at < now() - make_interval(secs => $1))
ORDER BY s.state_at, s.id
LIMIT $2
