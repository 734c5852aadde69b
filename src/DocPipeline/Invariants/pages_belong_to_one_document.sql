-- No page of a file belongs to two documents of it.
SELECT submission_id, page, array_agg(document ORDER BY document) AS documents
FROM docpipeline.claim_document, unnest(pages) AS page
GROUP BY submission_id, page
HAVING count(*) > 1
