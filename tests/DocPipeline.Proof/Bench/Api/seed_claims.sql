-- $1 and $2 numbers of the first and the last. Claims as the pipeline stores them, through the same triggers, with invented values: for measurements and tests of lists and exports.
WITH made AS (
  SELECT n, gen_random_uuid() AS id, encode(sha256(n::text::bytea), 'hex') AS content, now() - make_interval(secs => 1000000 - n) AS received_at
  FROM generate_series($1::integer, $2::integer) n
), content AS (
  INSERT INTO docpipeline.content (sha256, size, first_submission, first_seen_at)
  SELECT content, 1000 + n, id, received_at FROM made
), submission AS (
  INSERT INTO docpipeline.submission (id, bucket, key, version, content, size, state_by, received_at)
  SELECT id, 'seed', 'claims/' || n || '.pdf', content, content, 1000 + n, 'intake', received_at FROM made ORDER BY n
), claim AS (
  INSERT INTO docpipeline.claim (
    submission_id, content, file, result_sha256, claim_number, policy_number, insurer, policyholder_name, loss_location, provider, date_of_loss, document_date,
    subtotal, tax, total_amount, currency, claim_number_key)
  SELECT id, content, 'claims/' || n || '.pdf', content, 'CL-' || n, 'PN-' || n % 500, 'Example Mutual', (ARRAY['Ada Example', 'Bo Sample', '=1+1', 'Chris Köhler'])[1 + n % 4], 'Main Street ' || n, 'Sample Garage',
         date '2026-01-01' - n % 365, date '2026-01-08' - n % 365, 100 + n % 900, 10, 110 + n % 900, (ARRAY['EUR', 'USD'])[1 + n % 2], 'cl-' || n
  FROM made
), document AS (
  INSERT INTO docpipeline.claim_document (submission_id, document, type, type_confidence, pages)
  SELECT id, 0, 'repair_estimate', 0.9, '{1,2}' FROM made
), value AS (
  SELECT id, f.name, f.value FROM made, LATERAL (VALUES ('claim_number', 'CL-' || n), ('total_amount', (110 + n % 900) || '.00'), ('date_of_loss', (date '2026-01-01' - n % 365)::text)) f (name, value)
), document_field AS (
  INSERT INTO docpipeline.document_field (submission_id, document, name, value, confidence, accepted, page, x0, y0, x1, y1, evidence_text, source, alternatives)
  SELECT id, 0, name, value, 0.97, true, 1, 0.1, 0.2, 0.3, 0.25, value, 'text-layer', '[]' FROM value
), claim_field AS (
  INSERT INTO docpipeline.claim_field (submission_id, name, value, confidence, accepted, document, page, x0, y0, x1, y1, evidence_text, source, alternatives)
  SELECT id, name, value, 0.97, true, 0, 1, 0.1, 0.2, 0.3, 0.25, value, 'text-layer', '[]' FROM value
), line AS (
  INSERT INTO docpipeline.claim_table_row (submission_id, document, table_name, row, cells, page, x0, y0, x1, y1, evidence_text, source)
  SELECT id, 0, 'line_items', row, jsonb_build_object('description', 'part ' || row, 'amount', row || '.00'), 2, 0.1, 0.1 * row, 0.9, 0.1 * row + 0.05, 'part ' || row, 'text-layer'
  FROM made, generate_series(1, 2) row
)
INSERT INTO docpipeline.finding (submission_id, finding, document, rule, severity, message, field, evidence)
SELECT id, 1, NULL, 'police-report-missing', 'info', 'No police report.', NULL, '[]' FROM made
