-- What the compared claims cost, by purse: calls, US dollars as far as prices are known, and whether all are. Calls of comparisons with several challengers are counted together.
SELECT c.purse, count(*)::int, sum(c.usd), bool_and(c.priced)
FROM docpipeline.costs_v1 c
WHERE c.content_sha256 IN (SELECT l.content FROM docpipeline.comparison k JOIN docpipeline.claim l USING (submission_id) WHERE k.done_at IS NOT NULL)
GROUP BY c.purse
ORDER BY c.purse
