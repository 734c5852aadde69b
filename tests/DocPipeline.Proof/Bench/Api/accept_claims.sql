-- Everything that was seeded comes to its end: every hundredth claim waits for a person.
UPDATE docpipeline.submission SET
  state = CASE WHEN size % 100 = 0 THEN 'needs_review' ELSE 'accepted' END,
  reason_code = CASE WHEN size % 100 = 0 THEN 'low_confidence' END,
  reason = CASE WHEN size % 100 = 0 THEN 'A value is not certain.' END,
  state_by = 'pipeline'
WHERE bucket = 'seed' AND state = 'processing'
