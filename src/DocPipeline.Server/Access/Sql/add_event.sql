-- $1 account, $2 address, $3 kind, $4 submission, $5 detail.
INSERT INTO docpipeline.access_event (account, address, kind, submission_id, detail) VALUES ($1, $2, $3, $4, $5)
