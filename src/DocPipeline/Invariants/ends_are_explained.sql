-- A submission that did not pass says why, for people and for programs; an ended one says since when.
-- No reason is impossible: submission_reason_when_not_passed, submission_reason_is_not_empty, submission_finished_when_terminal.
SELECT id AS submission_id, state, reason_code, finished_at
FROM docpipeline.submission
WHERE (state IN ('needs_review', 'rejected', 'dead') AND (coalesce(reason_code, '') = '' OR coalesce(reason, '') = ''))
  OR (finished_at IS NOT NULL) <> (state IN ('accepted', 'reviewed', 'rejected', 'dead'))
