-- A value whose words were read by a service was read by a call that stands in the ledger.
SELECT f.submission_id, f.document, f.name, f.source
FROM docpipeline.document_field f
JOIN docpipeline.claim c ON c.submission_id = f.submission_id
WHERE f.source NOT IN ('text-layer', 'tesseract', 'plain-text', 'blank', 'person')
  AND NOT EXISTS (SELECT FROM docpipeline.provider_call p WHERE p.content = c.content AND p.provider = f.source AND p.outcome = 'answered')
