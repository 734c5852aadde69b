-- $1 states. One claim a row, oldest first, as JSON: the columns of claims_v1 that have a value and, under "fields", every value with its place.
SELECT jsonb_strip_nulls(to_jsonb(c) || jsonb_build_object('fields', coalesce((
  SELECT jsonb_object_agg(f.name, jsonb_build_object(
    'value', f.value, 'confidence', f.confidence, 'accepted', f.accepted, 'document', f.document, 'page', f.page,
    'box', CASE WHEN f.x0 IS NOT NULL THEN jsonb_build_array(f.x0, f.y0, f.x1, f.y1) END,
    'text', f.evidence_text, 'source', f.source))
  FROM docpipeline.claim_fields_v1 f
  WHERE f.submission_id = c.submission_id), '{}')))::text
FROM docpipeline.claims_v1 c
WHERE c.state = ANY ($1::text[])
ORDER BY c.received_at, c.submission_id
