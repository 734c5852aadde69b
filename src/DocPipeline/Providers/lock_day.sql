-- $1 day. From here to the commit nobody else begins a call on this day.
INSERT INTO docpipeline.provider_day AS d (day, usd) VALUES ($1, 0)
ON CONFLICT ON CONSTRAINT provider_day_once DO UPDATE SET usd = d.usd
