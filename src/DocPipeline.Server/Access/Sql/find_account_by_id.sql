-- $1 account.
SELECT id, name, role, stamp, password_hash, closed_at FROM docpipeline.account WHERE id = $1
