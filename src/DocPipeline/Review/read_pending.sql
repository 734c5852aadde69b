-- $1 submission. The decision that is written down and not carried out yet, and the version that it is about.
SELECT version, decision FROM docpipeline.review_pending WHERE submission_id = $1 ORDER BY version DESC LIMIT 1
