-- $1 name, $2 role, $3 password hash, $4 by.
WITH added AS (
  INSERT INTO docpipeline.account (name, role, password_hash, created_by) VALUES ($1, $2, $3, $4)
  ON CONFLICT DO NOTHING
  RETURNING id, name, role, stamp, password_hash, closed_at
), noted AS (
  INSERT INTO docpipeline.access_event (account, kind, detail) SELECT $4, 'account_added', name || ' as ' || role FROM added
)
SELECT * FROM added
