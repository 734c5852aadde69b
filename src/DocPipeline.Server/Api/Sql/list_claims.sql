-- Claims, newest first. A filter that is null does not filter; @after_... are the key of the last row of the page before.
SELECT c.*
FROM docpipeline.claims_v1 c
JOIN docpipeline.claim k ON k.submission_id = c.submission_id
WHERE (@submission_id::uuid[] IS NULL OR c.submission_id = ANY (@submission_id))
  AND (@state::text[] IS NULL OR c.state = ANY (@state))
  AND (@bucket::text IS NULL OR c.bucket = @bucket)
  AND (@key::text IS NULL OR c.key = @key)
  AND (@reason_code::text[] IS NULL OR c.reason_code = ANY (@reason_code))
  AND (@received_from::timestamptz IS NULL OR c.received_at >= @received_from)
  AND (@received_before::timestamptz IS NULL OR c.received_at < @received_before)
  AND (@q::text IS NULL OR k.words LIKE '%' || replace(replace(replace(lower(@q), '\', '\\'), '%', '\%'), '_', '\_') || '%')
  -- As an array, which is computed first: as a subquery it would be asked about every claim.
  AND (@claim_number::text IS NULL
    OR c.submission_id = ANY (ARRAY (SELECT n.submission_id FROM docpipeline.claim n WHERE n.claim_number_key = @claim_number)))
  AND (@policy_number::text IS NULL OR c.policy_number = @policy_number)
  AND (@date_of_loss_from::date IS NULL OR c.date_of_loss >= @date_of_loss_from)
  AND (@date_of_loss_to::date IS NULL OR c.date_of_loss <= @date_of_loss_to)
  AND (@total_from::numeric IS NULL OR c.total_amount >= @total_from)
  AND (@total_to::numeric IS NULL OR c.total_amount <= @total_to)
  AND (@currency::text IS NULL OR c.currency = @currency)
  AND (@after_received_at::timestamptz IS NULL OR (c.received_at, c.submission_id) < (@after_received_at, @after_submission_id))
ORDER BY c.received_at DESC, c.submission_id DESC
LIMIT @limit
