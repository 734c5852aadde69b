-- $1 submission, $2 typed columns by name, $3 hash of the result, $4 version of the calibration or null. No row: the claim of this submission is stored already.
-- The content comes from the submission itself: a claim cannot be stored for other bytes than those that were submitted.
INSERT INTO docpipeline.claim (
  submission_id, content, file, result_sha256, calibration,
  claim_number, policy_number, insurer, report_number, invoice_number, document_date, policyholder_name, insured_name, claimant_name,
  patient_name, member_id, date_of_loss, loss_location, cause_of_loss, vin, license_plate, provider, treatment_date, subtotal, tax,
  total_amount, amount_paid, balance_due, deductible, currency, claim_number_key, invoice_number_key, provider_key)
SELECT
  s.id, s.content, s.key, $3, $4,
  r.claim_number, r.policy_number, r.insurer, r.report_number, r.invoice_number, r.document_date, r.policyholder_name, r.insured_name,
  r.claimant_name, r.patient_name, r.member_id, r.date_of_loss, r.loss_location, r.cause_of_loss, r.vin, r.license_plate, r.provider,
  r.treatment_date, r.subtotal, r.tax, r.total_amount, r.amount_paid, r.balance_due, r.deductible, r.currency, r.claim_number_key,
  r.invoice_number_key, r.provider_key
FROM docpipeline.submission s, jsonb_populate_record(NULL::docpipeline.claim, $2) r
WHERE s.id = $1
ON CONFLICT ON CONSTRAINT claim_once_per_submission DO NOTHING
