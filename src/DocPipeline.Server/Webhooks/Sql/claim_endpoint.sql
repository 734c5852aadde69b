-- $1 lease, $2 its seconds. Takes the endpoint that has waited longest for a message that is due; no row where none has.
UPDATE docpipeline.webhook_endpoint e
SET lease = $1, lease_until = now() + make_interval(secs => $2)
WHERE e.id = (
  SELECT d.id
  FROM docpipeline.webhook_endpoint d
  WHERE d.disabled_at IS NULL AND d.next_attempt_at <= now() AND (d.lease_until IS NULL OR d.lease_until <= now())
    AND d.position < (SELECT max(o.position) FROM docpipeline.outbox o)
  ORDER BY d.next_attempt_at
  LIMIT 1
  FOR UPDATE SKIP LOCKED)
RETURNING e.id, e.url, e.secret
