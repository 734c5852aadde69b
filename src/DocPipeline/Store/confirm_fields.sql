-- $1 submission. Whoever approves a claim has looked at what was waiting to be looked at.
UPDATE docpipeline.claim_field SET accepted = true WHERE submission_id = $1 AND NOT accepted
