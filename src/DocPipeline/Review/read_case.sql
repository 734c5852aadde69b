-- $1 submission. One JSON object: one statement sees one moment.
WITH this AS (
  SELECT s.id, s.key, s.content, s.state, s.reason_code, s.reason, s.state_at, s.duplicate_of, s.replaces,
         (SELECT max(a.seq) FROM docpipeline.audit a WHERE a.submission_id = s.id) AS seq
  FROM docpipeline.submission s WHERE s.id = $1
)
SELECT jsonb_build_object(
  'id', s.id, 'version', s.seq, 'file', s.key, 'content', s.content, 'state', s.state, 'reasonCode', s.reason_code, 'reason', s.reason,
  'stateAt', s.state_at, 'duplicateOf', s.duplicate_of, 'replaces', s.replaces, 'heldBy', h.account, 'heldUntil', h.until,
  'ended', (
    SELECT to_jsonb(p) FROM docpipeline.review_pending p WHERE p.submission_id = s.id ORDER BY p.version DESC LIMIT 1),
  'first', to_jsonb(first), 'returned', to_jsonb(returned),
  'isSample', EXISTS (SELECT FROM docpipeline.review_waiting w WHERE w.submission_id = s.id AND w.state = 'sample'),
  'documents', coalesce((
    SELECT jsonb_agg(jsonb_build_object('document', d.document, 'type', d.type, 'typeConfidence', d.type_confidence, 'pages', d.pages) ORDER BY d.document)
    FROM docpipeline.claim_document d WHERE d.submission_id = s.id), '[]'),
  'fields', coalesce((
    SELECT jsonb_agg(to_jsonb(f) ORDER BY f.document NULLS LAST, f.page NULLS LAST, f.y0, f.x0, f.name)
    FROM docpipeline.claim_field f WHERE f.submission_id = s.id), '[]'),
  'documentFields', coalesce((
    SELECT jsonb_agg(jsonb_build_object('name', f.name, 'value', f.value, 'document', f.document, 'page', f.page, 'x0', f.x0, 'y0', f.y0, 'x1', f.x1, 'y1', f.y1) ORDER BY f.document)
    FROM docpipeline.document_field f WHERE f.submission_id = s.id), '[]'),
  'rows', coalesce((
    SELECT jsonb_agg(to_jsonb(t) || jsonb_build_object('tableName', t.table_name) ORDER BY t.document, t.table_name, t.row)
    FROM docpipeline.claim_table_row t WHERE t.submission_id = s.id), '[]'),
  'findings', coalesce((
    SELECT jsonb_agg(to_jsonb(f) ORDER BY CASE f.severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, f.finding)
    FROM docpipeline.finding f WHERE f.submission_id = s.id), '[]')
)::text
FROM this s
LEFT JOIN docpipeline.review_assignment h ON h.submission_id = s.id AND h.until > now()
LEFT JOIN LATERAL (
  SELECT * FROM docpipeline.review_action r
  WHERE r.submission_id = s.id AND r.version = s.seq AND r.kind = 'first_approval' ORDER BY r.id DESC LIMIT 1
) first ON true
LEFT JOIN docpipeline.review_action returned ON returned.returns = first.id
