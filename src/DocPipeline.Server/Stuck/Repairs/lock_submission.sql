-- $1 submission. What its workflow would be begun with; no row if it has ended, or waits for a review that only its old workflow can take up.
SELECT id, bucket, key, version, content, size, duplicate_of
FROM docpipeline.submission
WHERE id = $1 AND (state = 'processing' OR (state = 'needs_review' AND duplicate_of IS NOT NULL))
FOR UPDATE
