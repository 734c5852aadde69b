-- $1 days. How people worked: decisions, the median and the sum of their seconds; dead letters now.
SELECT count(*)::integer, percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds), coalesce(sum(seconds), 0),
       (SELECT count(*)::integer FROM docpipeline.submission WHERE state = 'dead')
FROM docpipeline.review_action
WHERE kind <> 'replay' AND at > now() - make_interval(days => $1)
