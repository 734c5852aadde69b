-- $1 id, $2 provider, $3 step, $4 content, $5 submission, $6 time, $7 day, $8 US dollars to reserve, $9 all units have prices, $10 version of the prices,
-- $11 and $12 budgets of a document and of a day, $13 purse, $14 what it takes from the budgets. The day is locked. Returns what was spent before, and whether the call may be sent.
WITH spent AS (
  SELECT (SELECT coalesce(sum(c.counted), 0) FROM docpipeline.provider_call c WHERE c.content = $4 AND c.purse = $13) AS document,
         (SELECT d.usd FROM docpipeline.provider_day d WHERE d.day = $7 AND d.purse = $13) AS today
), begun AS (
  INSERT INTO docpipeline.provider_call (id, provider, step, content, submission_id, sent_at, day, usd, priced, prices, purse, counted)
  SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $13, $14
  FROM spent
  WHERE document < $11 AND document + $14 <= $11 AND today < $12 AND today + $14 <= $12
  RETURNING day, purse, counted
), counted AS (
  UPDATE docpipeline.provider_day d SET usd = d.usd + begun.counted FROM begun WHERE d.day = begun.day AND d.purse = begun.purse
)
SELECT document, today, EXISTS (SELECT FROM begun) FROM spent
