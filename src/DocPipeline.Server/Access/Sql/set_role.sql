-- $1 account, $2 role, $3 by. The last open admin stays one: the lock on all admins makes two who demote each other take turns.
WITH admins AS MATERIALIZED (
  SELECT id FROM docpipeline.account WHERE role = 'admin' AND closed_at IS NULL ORDER BY id FOR UPDATE
), changed AS (
  UPDATE docpipeline.account SET role = $2, stamp = gen_random_uuid()
  WHERE id = $1 AND ($2 = 'admin' OR EXISTS (SELECT FROM admins WHERE admins.id <> $1))
  RETURNING id, name, role, stamp, password_hash, closed_at
), noted AS (
  INSERT INTO docpipeline.access_event (account, kind, detail) SELECT $3, 'role_set', name || ' as ' || role FROM changed
)
SELECT * FROM changed
