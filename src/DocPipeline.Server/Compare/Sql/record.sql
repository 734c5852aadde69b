-- $1 submission, $2 challenger, $3 pages, $4 words of the live way, $5 of the other, $6 of both, $7 fields of the same value, $8 differences.
UPDATE docpipeline.comparison
SET done_at = now(), lease_until = NULL, problem = NULL, pages = $3, words_live = $4, words_other = $5, words_same = $6, fields_same = $7, differences = $8
WHERE submission_id = $1 AND challenger = $2 AND done_at IS NULL
