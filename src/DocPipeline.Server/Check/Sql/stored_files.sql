-- Files that must be in the blob folder: submission, content, name and hash of a derived file. Without a name it is the original, whose hash is the content.
SELECT first_submission, sha256, NULL AS name, NULL AS hash FROM docpipeline.content
UNION ALL
SELECT c.submission_id, c.content, a.detail ->> 'result', c.result_sha256
FROM docpipeline.claim c
JOIN docpipeline.audit a ON a.submission_id = c.submission_id AND a.detail ->> 'resultSha256' = c.result_sha256
