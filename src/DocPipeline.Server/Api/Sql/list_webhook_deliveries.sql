-- What became of messages. A filter that is null does not filter; @after_... are the key of the last row of the page before.
SELECT d.endpoint_id AS webhook_id, d.position, c.id AS message_id, c.type, c.submission_id, d.outcome, d.attempts, d.at, d.problem
FROM docpipeline.webhook_delivery d
JOIN docpipeline.changes_v1 c ON c.position = d.position
WHERE (@webhook_id::uuid[] IS NULL OR d.endpoint_id = ANY (@webhook_id))
  AND (@outcome::text IS NULL OR d.outcome = @outcome)
  AND (@after_webhook_id::uuid IS NULL OR (d.endpoint_id, d.position) > (@after_webhook_id, @after_position))
ORDER BY d.endpoint_id, d.position
LIMIT @limit
