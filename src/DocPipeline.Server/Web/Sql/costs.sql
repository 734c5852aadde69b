-- $1 days. Calls of services, the documents they were made for, and what they cost as far as prices are known.
SELECT count(*)::int, count(DISTINCT content_sha256)::int, coalesce(sum(usd), 0), coalesce(bool_and(priced), true)
FROM docpipeline.costs_v1
WHERE sent_at > now() - make_interval(days => $1)
