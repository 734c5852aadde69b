-- $1 days. How people worked: decisions, the median and the sum of their seconds; dead letters now; what has come to a person since then and waits.
SELECT count(*)::integer, percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds), coalesce(sum(seconds), 0),
       (SELECT count(*)::integer FROM docpipeline.submission WHERE state = 'dead'),
       (SELECT count(*)::integer FROM docpipeline.submission WHERE state = 'needs_review' AND state_at > now() - make_interval(days => $1))
FROM docpipeline.review_action
WHERE kind <> 'replay' AND at > now() - make_interval(days => $1)
