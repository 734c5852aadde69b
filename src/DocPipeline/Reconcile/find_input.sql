-- $1 submission. What its workflow is begun with, and whether it may be begun without a replay: not if it has ended, or waits for a review that only its old
-- workflow can take up.
SELECT bucket, key, version, content, size, duplicate_of, state = 'processing' OR (state = 'needs_review' AND duplicate_of IS NOT NULL)
FROM docpipeline.submission
WHERE id = $1 AND content IS NOT NULL
