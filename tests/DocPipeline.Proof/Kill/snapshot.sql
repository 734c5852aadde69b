-- Everything that was made of each content, without what differs between two runs on purpose: ids, times, and which of two twins came first.
SELECT t.sha256, jsonb_pretty(jsonb_build_object(
  'submissions', (
    SELECT jsonb_agg(o.one ORDER BY o.one::text) FROM (
      SELECT jsonb_build_object(
        'duplicate', s.duplicate_of IS NOT NULL, 'state', s.state, 'reason_code', s.reason_code,
        'reason', CASE WHEN s.duplicate_of IS NULL THEN s.reason END) AS one
      FROM docpipeline.submission s WHERE s.content = t.sha256) o),
  'claim', (SELECT to_jsonb(c) - 'submission_id' - 'file' - 'words' - 'stored_at' - 'result_sha256' FROM docpipeline.claim c WHERE c.content = t.sha256),
  'documents', (SELECT jsonb_agg(to_jsonb(d) - 'submission_id' ORDER BY d.document) FROM docpipeline.claim_document d JOIN docpipeline.claim c USING (submission_id) WHERE c.content = t.sha256),
  'claim_fields', (SELECT jsonb_agg(to_jsonb(f) - 'submission_id' ORDER BY f.name) FROM docpipeline.claim_field f JOIN docpipeline.claim c USING (submission_id) WHERE c.content = t.sha256),
  'document_fields', (SELECT jsonb_agg(to_jsonb(f) - 'submission_id' ORDER BY f.document, f.name) FROM docpipeline.document_field f JOIN docpipeline.claim c USING (submission_id) WHERE c.content = t.sha256),
  'rows', (SELECT jsonb_agg(to_jsonb(r) - 'submission_id' ORDER BY r.document, r.table_name, r.row) FROM docpipeline.claim_table_row r JOIN docpipeline.claim c USING (submission_id) WHERE c.content = t.sha256),
  'findings', (SELECT jsonb_agg(to_jsonb(f) - 'submission_id' ORDER BY f.finding) FROM docpipeline.finding f JOIN docpipeline.claim c USING (submission_id) WHERE c.content = t.sha256)))
FROM docpipeline.content t
