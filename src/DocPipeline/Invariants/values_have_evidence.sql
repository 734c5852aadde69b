-- A value says on which page of which document it stands, and the page belongs to that document; only a person may do without.
-- A value without a place is impossible: claim_field_has_evidence, document_field's NOT NULL.
SELECT f.submission_id, f.name, f.document, f.page
FROM (
  SELECT submission_id, name, document, page, source FROM docpipeline.claim_field
  UNION ALL
  SELECT submission_id, name, document, page, source FROM docpipeline.document_field
  UNION ALL
  SELECT submission_id, table_name || ' ' || row, document, page, source FROM docpipeline.claim_table_row
) f
LEFT JOIN docpipeline.claim_document d ON d.submission_id = f.submission_id AND d.document = f.document
WHERE f.source <> 'person' AND (f.page = ANY (d.pages)) IS NOT TRUE
