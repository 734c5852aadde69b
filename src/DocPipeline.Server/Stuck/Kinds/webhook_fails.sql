-- A webhook has failed for long.
-- $1 seconds that are long. One that is disabled is an operator's own doing, or the receiver's, who said that it is gone.
SELECT e.id::text AS subject, e.failures || ' failures in a row since ' || to_char(e.failing_since AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS"Z"') AS detail
FROM docpipeline.webhook_endpoint e
WHERE e.disabled_at IS NULL AND e.failing_since < now() - make_interval(secs => $1)
ORDER BY e.failing_since
