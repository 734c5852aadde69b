-- $1 name, $2 role, $3 issuer, $4 subject, $5 by.
WITH added AS (
  INSERT INTO docpipeline.account (name, role, issuer, subject, created_by) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT DO NOTHING
  RETURNING id, name, role, stamp, password_hash, closed_at
), noted AS (
  INSERT INTO docpipeline.access_event (account, kind, detail) SELECT $5, 'account_added', name || ' as ' || role || ', subject ' || $4 FROM added
)
SELECT * FROM added
