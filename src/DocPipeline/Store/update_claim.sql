-- $1 submission, $2 typed columns by name: all others become null.
UPDATE docpipeline.claim c
SET
  claim_number = r.claim_number, policy_number = r.policy_number, insurer = r.insurer, report_number = r.report_number,
  invoice_number = r.invoice_number, document_date = r.document_date, policyholder_name = r.policyholder_name,
  insured_name = r.insured_name, claimant_name = r.claimant_name, patient_name = r.patient_name, member_id = r.member_id,
  date_of_loss = r.date_of_loss, loss_location = r.loss_location, cause_of_loss = r.cause_of_loss, vin = r.vin,
  license_plate = r.license_plate, provider = r.provider, treatment_date = r.treatment_date, subtotal = r.subtotal, tax = r.tax,
  total_amount = r.total_amount, amount_paid = r.amount_paid, balance_due = r.balance_due, deductible = r.deductible,
  currency = r.currency, claim_number_key = r.claim_number_key, invoice_number_key = r.invoice_number_key, provider_key = r.provider_key
FROM jsonb_populate_record(NULL::docpipeline.claim, $2) r
WHERE c.submission_id = $1
