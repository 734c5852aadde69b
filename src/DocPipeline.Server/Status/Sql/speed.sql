-- Documents whose automatic part ended within the last day: how many, and the seconds from the door to the end (median, 95th of 100).
-- What a person did afterwards does not count, so a reviewed submission is left out.
SELECT count(*)::int,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY EXTRACT(EPOCH FROM state_at - received_at)::float8),
       percentile_cont(0.95) WITHIN GROUP (ORDER BY EXTRACT(EPOCH FROM state_at - received_at)::float8)
FROM docpipeline.submissions_v1
WHERE state IN ('accepted', 'needs_review', 'rejected') AND state_at > now() - interval '1 day'
