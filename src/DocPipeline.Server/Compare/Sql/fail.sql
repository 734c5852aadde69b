-- $1 submission, $2 challenger, $3 problem. Tried again later, unless it was the third time.
UPDATE docpipeline.comparison SET problem = $3, lease_until = now() + interval '1 minute' WHERE submission_id = $1 AND challenger = $2 AND done_at IS NULL
