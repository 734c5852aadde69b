SELECT id, name, scopes, created_by, created_at, expires_at, revoked_at, last_used_at
FROM docpipeline.api_key
ORDER BY revoked_at IS NOT NULL, created_at DESC
