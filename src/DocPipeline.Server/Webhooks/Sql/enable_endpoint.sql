-- $1 endpoint, $2 whether it is enabled. Begins anew: what failed before does not count.
UPDATE docpipeline.webhook_endpoint
SET disabled_at = CASE WHEN $2 THEN NULL ELSE coalesce(disabled_at, now()) END,
    owed_since = now(), attempts = 0, failures = 0, failing_since = NULL, last_problem = NULL, next_attempt_at = now(), lease = NULL, lease_until = NULL
WHERE id = $1
