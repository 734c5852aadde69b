-- $1 name, $2 role, $3 password hash. The name is the same in every process: its unique index lets one of several through.
WITH added AS (
  INSERT INTO docpipeline.account (name, role, password_hash, created_by)
  SELECT $1, $2, $3, 'server' WHERE NOT EXISTS (SELECT FROM docpipeline.account)
  ON CONFLICT DO NOTHING
  RETURNING id, name, role, stamp, password_hash, closed_at
), noted AS (
  INSERT INTO docpipeline.access_event (account, kind, detail) SELECT 'server', 'account_added', name || ' as ' || role FROM added
)
SELECT * FROM added
