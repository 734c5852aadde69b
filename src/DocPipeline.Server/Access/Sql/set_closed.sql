-- $1 account, $2 closed or not, $3 by. The last open admin stays open, as in set_role.sql.
WITH admins AS MATERIALIZED (
  SELECT id FROM docpipeline.account WHERE role = 'admin' AND closed_at IS NULL ORDER BY id FOR UPDATE
), changed AS (
  UPDATE docpipeline.account SET closed_at = CASE WHEN $2 THEN now() END, stamp = gen_random_uuid()
  WHERE id = $1 AND (NOT $2 OR EXISTS (SELECT FROM admins WHERE admins.id <> $1))
  RETURNING id, name, role, stamp, password_hash, closed_at
), noted AS (
  INSERT INTO docpipeline.access_event (account, kind, detail)
  SELECT $3, CASE WHEN $2 THEN 'account_closed' ELSE 'account_opened' END, name FROM changed
)
SELECT * FROM changed
