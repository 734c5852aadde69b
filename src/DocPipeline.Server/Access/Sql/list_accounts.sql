SELECT id, name, role, stamp, password_hash, closed_at FROM docpipeline.account ORDER BY closed_at IS NOT NULL, lower(name)
