-- $1 submission. What was read: documents with their pages, and values by field.
SELECT jsonb_build_object(
  'documents', coalesce((
    SELECT jsonb_agg(jsonb_build_object('type', d.type, 'pages', d.pages) ORDER BY d.document) FROM docpipeline.claim_document d WHERE d.submission_id = $1), '[]'),
  'fields', coalesce((SELECT jsonb_object_agg(f.name, f.value) FROM docpipeline.claim_field f WHERE f.submission_id = $1), '{}'))::text
