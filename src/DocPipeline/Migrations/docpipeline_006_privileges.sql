-- Only what is needed. The audit and the outbox are written by the trigger, with the owner's rights.
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA docpipeline FROM PUBLIC;
GRANT USAGE ON SCHEMA docpipeline TO docpipeline_worker, docpipeline_reader;

GRANT SELECT, INSERT ON docpipeline.bucket_event, docpipeline.content, docpipeline.submission TO docpipeline_worker;
GRANT UPDATE (state, reason_code, reason, state_by, state_detail) ON docpipeline.submission TO docpipeline_worker;
GRANT SELECT, INSERT ON docpipeline.claim, docpipeline.claim_document, docpipeline.document_field, docpipeline.claim_field,
  docpipeline.claim_table_row, docpipeline.finding, docpipeline.review_decision TO docpipeline_worker;
-- A person's corrections.
GRANT UPDATE, DELETE ON docpipeline.claim_field TO docpipeline_worker;
GRANT UPDATE (claim_number, policy_number, insurer, report_number, invoice_number, document_date, policyholder_name, insured_name,
  claimant_name, patient_name, member_id, date_of_loss, loss_location, cause_of_loss, vin, license_plate, provider, treatment_date,
  subtotal, tax, total_amount, amount_paid, balance_due, deductible, currency, claim_number_key, invoice_number_key, provider_key)
  ON docpipeline.claim TO docpipeline_worker;
GRANT SELECT ON docpipeline.audit, docpipeline.outbox TO docpipeline_worker;
GRANT UPDATE (delivered_at) ON docpipeline.outbox TO docpipeline_worker;
GRANT EXECUTE ON FUNCTION docpipeline.audit_hash(bytea, uuid, integer, timestamptz, text, text, text, text, text, jsonb) TO docpipeline_worker;
GRANT SELECT ON docpipeline.submissions_v1, docpipeline.claims_v1, docpipeline.claim_fields_v1, docpipeline.documents_v1,
  docpipeline.document_fields_v1, docpipeline.table_rows_v1, docpipeline.findings_v1 TO docpipeline_worker, docpipeline_reader;
