-- Documents, table rows and findings of a claim are numbered without gaps: none got lost on the way into the database.
SELECT submission_id, 'documents' AS part, count(*) AS found, max(document) + 1 AS numbered
FROM docpipeline.claim_document GROUP BY submission_id HAVING count(*) <> max(document) + 1
UNION ALL
SELECT submission_id, table_name || ' of document ' || document, count(*), max(row)
FROM docpipeline.claim_table_row GROUP BY submission_id, document, table_name HAVING count(*) <> max(row)
UNION ALL
SELECT submission_id, 'findings', count(*), max(finding)
FROM docpipeline.finding GROUP BY submission_id HAVING count(*) <> max(finding)
UNION ALL
SELECT c.submission_id, 'documents', 0, 1
FROM docpipeline.claim c WHERE NOT EXISTS (SELECT FROM docpipeline.claim_document d WHERE d.submission_id = c.submission_id)
