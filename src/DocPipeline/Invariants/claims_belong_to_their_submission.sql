-- A claim belongs to the first submission of its bytes, one to each, and only where the submission got as far as that.
-- A second claim, or the claim of a duplicate, is impossible: claim_once_per_submission, claim_once_per_content, claim_of_first_submission.
SELECT c.submission_id, s.state, s.reason_code
FROM docpipeline.claim c
LEFT JOIN docpipeline.submission s ON s.id = c.submission_id
WHERE s.id IS NULL
  OR s.content IS DISTINCT FROM c.content
  OR s.duplicate_of IS NOT NULL
  -- A person may have sent it back into processing, or rejected it with its claim.
  OR ((s.state IN ('processing', 'rejected') OR s.dead_from = 'processing') AND NOT EXISTS (
    SELECT FROM docpipeline.review_action r WHERE r.submission_id = s.id AND r.kind IN ('regroup', 'reject', 'send_back')))
UNION ALL
SELECT min(submission_id::text)::uuid, 'claimed ' || count(*) || ' times', NULL
FROM docpipeline.claim
GROUP BY content
HAVING count(*) > 1
