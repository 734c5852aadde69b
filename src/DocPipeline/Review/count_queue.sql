SELECT state, reason_code, count(*), min(since) FROM docpipeline.review_waiting GROUP BY state, reason_code ORDER BY count(*) DESC, state, reason_code
