-- $1 sha256.
SELECT first_submission FROM docpipeline.content WHERE sha256 = $1
