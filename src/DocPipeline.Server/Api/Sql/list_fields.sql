-- Fields of claims. A filter that is null does not filter; @after_... are the key of the last row of the page before.
SELECT f.*
FROM docpipeline.claim_fields_v1 f
WHERE (@submission_id::uuid[] IS NULL OR f.submission_id = ANY (@submission_id))
  AND (@state::text[] IS NULL OR f.state = ANY (@state))
  AND (@name::text[] IS NULL OR f.name = ANY (@name))
  -- The index of values is over their hashes: values may be longer than an index entry.
  AND (@value::text IS NULL OR (f.value = @value AND md5(f.value) = md5(@value)))
  AND (@accepted::boolean IS NULL OR f.accepted = @accepted)
  AND (@after_submission_id::uuid IS NULL OR (f.submission_id, f.name) > (@after_submission_id, @after_name))
ORDER BY f.submission_id, f.name
LIMIT @limit
