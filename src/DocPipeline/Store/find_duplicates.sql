-- $1 submission, $2 claim number, $3 invoice number, $4 provider (all three as keys), $5 total amount.
SELECT s.id, s.bucket, s.key, s.state,
       CASE
         WHEN c.invoice_number_key = $3 AND c.provider_key = $4 THEN 'invoice_number+provider'
         WHEN c.invoice_number_key = $3 AND c.total_amount = $5 THEN 'invoice_number+total_amount'
         ELSE 'claim_number+total_amount'
       END
FROM docpipeline.claim c
JOIN docpipeline.submission s ON s.id = c.submission_id
WHERE c.submission_id <> $1
  AND ((c.invoice_number_key = $3 AND (c.provider_key = $4 OR c.total_amount = $5))
    OR (c.claim_number_key = $2 AND c.total_amount = $5))
ORDER BY c.stored_at, s.id
LIMIT 20
