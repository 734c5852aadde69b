SELECT state, count(*), greatest(now() - min(state_at), interval '0') FROM docpipeline.submission GROUP BY state ORDER BY state
