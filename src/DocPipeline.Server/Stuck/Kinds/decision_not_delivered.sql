-- A person has decided, but the workflow still waits for the decision.
SELECT s.id::text AS subject, p.kind || ', decided ' || to_char(p.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS"Z"') AS detail
FROM docpipeline.submission s
JOIN docpipeline.review_pending p ON p.submission_id = s.id
JOIN durable.instance i ON i.instance_id = s.id::text AND i.status = 'waiting' AND i.waiting_for = 'review-decided'
WHERE s.state = 'needs_review' AND NOT EXISTS (SELECT FROM durable.inbox x WHERE x.instance_id = i.instance_id AND x.name = i.waiting_for AND x.taken_by_step IS NULL)
