-- $1 issuer, $2 subject.
SELECT id, name, role, stamp, password_hash, closed_at FROM docpipeline.account WHERE issuer = $1 AND subject = $2
