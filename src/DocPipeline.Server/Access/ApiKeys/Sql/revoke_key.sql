-- $1 id, $2 by.
WITH revoked AS (
  UPDATE docpipeline.api_key SET revoked_at = now() WHERE id = $1 AND revoked_at IS NULL RETURNING id, name
), noted AS (
  INSERT INTO docpipeline.access_event (account, kind, detail) SELECT $2, 'api_key_revoked', name || ' (' || id || ')' FROM revoked
)
SELECT id FROM revoked
