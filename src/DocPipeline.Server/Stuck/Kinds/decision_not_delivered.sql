-- A person has decided, but the workflow still waits for the decision.
SELECT s.id::text AS subject, r.decision || ', decided ' || to_char(r.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS"Z"') AS detail
FROM docpipeline.review_decision r
JOIN docpipeline.submission s ON s.id = r.submission_id AND s.state = 'needs_review'
JOIN durable.instance i ON i.instance_id = s.id::text AND i.status = 'waiting' AND i.waiting_for = 'review-decided'
WHERE NOT EXISTS (SELECT FROM durable.inbox x WHERE x.instance_id = i.instance_id AND x.name = i.waiting_for AND x.taken_by_step IS NULL)
