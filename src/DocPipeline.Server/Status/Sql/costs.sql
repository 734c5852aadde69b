-- Calls of services within the last day, by provider and model; those that got no answer have no model.
SELECT provider, coalesce(model, ''), count(*)::int, count(*) FILTER (WHERE outcome = 'answered')::int,
       count(*) FILTER (WHERE units ? 'output_token')::int, sum(usd), bool_and(priced)
FROM docpipeline.costs_v1
WHERE sent_at > now() - interval '1 day'
GROUP BY 1, 2
ORDER BY 1, 2
