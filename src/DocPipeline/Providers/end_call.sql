-- $1 id, $2 outcome, $3 problem, $4 model, $5 units, $6 US dollars, $7 all units have prices, $8 time, $9 what it takes from the budgets. Nothing to do if it has ended.
WITH sent AS (
  SELECT id, day, purse, counted FROM docpipeline.provider_call WHERE id = $1 AND outcome = 'sent' FOR UPDATE
), ended AS (
  UPDATE docpipeline.provider_call c
  SET outcome = $2, problem = $3, model = $4, units = $5, usd = $6, priced = $7, ended_at = $8, counted = $9
  FROM sent WHERE c.id = sent.id
)
UPDATE docpipeline.provider_day d SET usd = d.usd + $9 - sent.counted FROM sent WHERE d.day = sent.day AND d.purse = sent.purse
