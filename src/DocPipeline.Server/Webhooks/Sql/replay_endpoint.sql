-- $1 endpoint, $2 time. Everything that happened at that time or later is owed again, in its order. Takes the lease away: what is being sent now is sent again.
-- Returns how many messages that is.
UPDATE docpipeline.webhook_endpoint e
SET position = least(e.position, target.position), start_position = least(e.start_position, target.position),
    owed_since = now(), attempts = 0, failures = 0, failing_since = NULL, last_problem = NULL, next_attempt_at = now(), lease = NULL, lease_until = NULL
FROM (
  SELECT coalesce(min(o.position) - 1, (SELECT coalesce(max(a.position), 0) FROM docpipeline.outbox a)) AS position
  FROM docpipeline.outbox o
  WHERE o.position IS NOT NULL AND (o.payload ->> 'at')::timestamptz >= $2
) target
WHERE e.id = $1
RETURNING (
  SELECT count(*) FROM docpipeline.outbox o
  WHERE o.position > least(e.position, target.position) AND (e.topics IS NULL OR o.topic = ANY (e.topics)))
