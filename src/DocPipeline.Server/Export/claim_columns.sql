-- $1 states. One claim a row, oldest first.
SELECT *
FROM docpipeline.claims_v1 c
WHERE c.state = ANY ($1::text[])
ORDER BY c.received_at, c.submission_id
