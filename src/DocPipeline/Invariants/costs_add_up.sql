-- What is counted against the budget of a day is the sum of what its calls take from it.
SELECT coalesce(d.day, c.day) AS day, coalesce(d.purse, c.purse) AS purse, d.usd AS counted, c.usd AS called
FROM docpipeline.provider_day d
FULL JOIN (SELECT day, purse, sum(counted) AS usd FROM docpipeline.provider_call GROUP BY day, purse) c ON c.day = d.day AND c.purse = d.purse
WHERE coalesce(d.usd, 0) <> coalesce(c.usd, 0)
