-- What is counted against the budget of a day is the sum of its calls.
SELECT coalesce(d.day, c.day) AS day, d.usd AS counted, c.usd AS called
FROM docpipeline.provider_day d
FULL JOIN (SELECT day, sum(usd) AS usd FROM docpipeline.provider_call GROUP BY day) c ON c.day = d.day
WHERE coalesce(d.usd, 0) <> coalesce(c.usd, 0)
