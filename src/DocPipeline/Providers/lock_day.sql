-- $1 day, $2 purse. From here to the commit nobody else begins a call on this day from this purse.
INSERT INTO docpipeline.provider_day AS d (day, purse, usd) VALUES ($1, $2, 0)
ON CONFLICT ON CONSTRAINT provider_day_once DO UPDATE SET usd = d.usd
