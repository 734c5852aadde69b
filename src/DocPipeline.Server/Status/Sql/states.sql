-- How many submissions are in each state, and for how many seconds the one that waits longest has been there.
SELECT state, count(*)::int, EXTRACT(EPOCH FROM now() - min(state_at))::float8
FROM docpipeline.submissions_v1
GROUP BY state
ORDER BY state
