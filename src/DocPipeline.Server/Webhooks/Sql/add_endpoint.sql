-- $1 id, $2 address, $3 topics or null, $4 secret, $5 by whom. It gets what is published from now on.
INSERT INTO docpipeline.webhook_endpoint (id, url, topics, secret, created_by, start_position, position)
SELECT $1, $2, $3, $4, $5, head, head FROM (SELECT coalesce(max(position), 0) AS head FROM docpipeline.outbox) o
