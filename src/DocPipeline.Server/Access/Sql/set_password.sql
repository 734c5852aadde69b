-- $1 account, $2 password hash, $3 by.
WITH changed AS (
  UPDATE docpipeline.account SET password_hash = $2, stamp = gen_random_uuid() WHERE id = $1
  RETURNING id, name, role, stamp, password_hash, closed_at
), noted AS (
  INSERT INTO docpipeline.access_event (account, kind, detail) SELECT $3, 'password_set', name FROM changed
)
SELECT * FROM changed
