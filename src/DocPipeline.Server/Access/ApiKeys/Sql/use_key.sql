-- $1 id. The key if it is in force. That it was used is written down once a minute, not at every request.
WITH used AS (
  UPDATE docpipeline.api_key SET last_used_at = now()
  WHERE id = $1 AND revoked_at IS NULL AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')
)
SELECT id, name, scopes, created_by, created_at, expires_at, revoked_at, last_used_at, hash
FROM docpipeline.api_key
WHERE id = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())
