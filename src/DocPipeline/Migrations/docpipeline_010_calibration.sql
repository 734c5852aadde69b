-- Confidences of different calibrations do not compare: each claim says of which its confidences are.
ALTER TABLE docpipeline.claim
  ADD COLUMN calibration text,
  ADD CONSTRAINT claim_calibration_is_never_empty CHECK (calibration <> '');

-- The same columns in the same order, and one more at the end.
CREATE OR REPLACE VIEW docpipeline.claims_v1 AS
SELECT c.submission_id, s.bucket, s.key, s.version, s.state, s.reason_code, s.reason, s.received_at, c.stored_at, s.finished_at,
       c.claim_number, c.policy_number, c.insurer, c.report_number, c.invoice_number, c.document_date,
       c.policyholder_name, c.insured_name, c.claimant_name, c.patient_name, c.member_id,
       c.date_of_loss, c.loss_location, c.cause_of_loss, c.vin, c.license_plate, c.provider, c.treatment_date,
       c.subtotal, c.tax, c.total_amount, c.amount_paid, c.balance_due, c.deductible, c.currency, c.calibration
FROM docpipeline.claim c
JOIN docpipeline.submission s ON s.id = c.submission_id;

COMMENT ON COLUMN docpipeline.claims_v1.calibration IS 'Version of the calibration that the confidences of this claim are of; null for claims of versions without one.';
