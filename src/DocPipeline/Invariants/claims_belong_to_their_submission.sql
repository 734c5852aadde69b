-- A claim belongs to the first submission of its bytes, one to each, and only where the submission got as far as that.
-- A second claim, or the claim of a duplicate, is impossible: claim_once_per_submission, claim_once_per_content, claim_of_first_submission.
SELECT c.submission_id, s.state, s.reason_code
FROM docpipeline.claim c
LEFT JOIN docpipeline.submission s ON s.id = c.submission_id
WHERE s.id IS NULL
  OR s.content IS DISTINCT FROM c.content
  OR s.duplicate_of IS NOT NULL
  OR s.state = 'processing'
  OR (s.state = 'rejected' AND NOT EXISTS (SELECT FROM docpipeline.review_decision r WHERE r.submission_id = s.id))
  OR (s.state = 'dead' AND s.dead_from = 'processing')
UNION ALL
SELECT min(submission_id::text)::uuid, 'claimed ' || count(*) || ' times', NULL
FROM docpipeline.claim
GROUP BY content
HAVING count(*) > 1
