-- $1 name, in any case.
SELECT id, name, role, stamp, password_hash, closed_at FROM docpipeline.account WHERE lower(name) = lower($1)
