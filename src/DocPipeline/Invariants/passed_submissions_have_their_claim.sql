-- What was accepted, reviewed or handed to a person has a claim, unless it repeats the bytes of another submission.
SELECT s.id AS submission_id, s.state
FROM docpipeline.submission s
WHERE s.state IN ('accepted', 'needs_review', 'reviewed') AND s.duplicate_of IS NULL
  AND NOT EXISTS (SELECT FROM docpipeline.claim c WHERE c.submission_id = s.id)
