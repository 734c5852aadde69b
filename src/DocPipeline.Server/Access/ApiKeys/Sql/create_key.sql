-- $1 name, $2 hash, $3 scopes, $4 by, $5 lifetime or null.
WITH added AS (
  INSERT INTO docpipeline.api_key (name, hash, scopes, created_by, expires_at) VALUES ($1, $2, $3, $4, now() + $5)
  RETURNING id, name, scopes
), noted AS (
  INSERT INTO docpipeline.access_event (account, kind, detail)
  SELECT $4, 'api_key_created', name || ' (' || id || ') for ' || array_to_string(scopes, ', ') FROM added
)
SELECT id FROM added
