-- Webhooks without their secrets. A filter that is null does not filter; @after_... are the key of the last row of the page before.
SELECT e.id AS webhook_id, e.url, to_jsonb(e.topics) AS types, e.created_by, e.created_at, e.disabled_at, e.position,
       (SELECT count(*) FROM docpipeline.outbox o WHERE o.position > e.position AND (e.topics IS NULL OR o.topic = ANY (e.topics))) AS owed,
       e.failures, e.failing_since, e.last_problem, e.next_attempt_at,
       (SELECT count(*) FROM docpipeline.webhook_delivery d WHERE d.endpoint_id = e.id AND d.outcome = 'dead') AS dead
FROM docpipeline.webhook_endpoint e
WHERE (@webhook_id::uuid[] IS NULL OR e.id = ANY (@webhook_id))
  AND (@after_webhook_id::uuid IS NULL OR e.id > @after_webhook_id)
ORDER BY e.id
LIMIT @limit
