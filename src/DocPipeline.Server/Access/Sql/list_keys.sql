SELECT xml FROM docpipeline.cookie_key ORDER BY created_at, name
