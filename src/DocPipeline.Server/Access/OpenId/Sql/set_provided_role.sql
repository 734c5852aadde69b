-- $1 account, $2 role or null for none, $3 by.
WITH changed AS (
  UPDATE docpipeline.account SET role = coalesce($2, role), stamp = gen_random_uuid() WHERE id = $1 AND closed_at IS NULL
  RETURNING id, name, role, stamp, password_hash, closed_at
), noted AS (
  INSERT INTO docpipeline.access_event (account, kind, detail)
  SELECT $3, CASE WHEN $2 IS NULL THEN 'sessions_ended' ELSE 'role_set' END, name || coalesce(' as ' || $2, '') FROM changed
)
SELECT * FROM changed
