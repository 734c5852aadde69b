-- $1 account, $2 password hash, $3 by. An account of the provider gets none: its person would have two doors.
WITH changed AS (
  UPDATE docpipeline.account SET password_hash = $2, stamp = gen_random_uuid() WHERE id = $1 AND password_hash IS NOT NULL
  RETURNING id, name, role, stamp, password_hash, closed_at
), noted AS (
  INSERT INTO docpipeline.access_event (account, kind, detail) SELECT $3, 'password_set', name FROM changed
)
SELECT * FROM changed
