-- Each change that an endpoint has passed was delivered to it or is its dead letter.
-- Changes before start_position were never owed, and those after position still are.
SELECT e.id AS endpoint, o.position
FROM docpipeline.webhook_endpoint e
JOIN docpipeline.outbox o ON o.position > e.start_position AND o.position <= e.position AND (e.topics IS NULL OR o.topic = ANY (e.topics))
WHERE NOT EXISTS (SELECT FROM docpipeline.webhook_delivery d WHERE d.endpoint_id = e.id AND d.position = o.position)
