-- What other programs may read. A view with a version in its name keeps its columns: a change makes a _v2 beside it.

CREATE VIEW docpipeline.submissions_v1 AS
SELECT s.id AS submission_id, s.bucket, s.key, s.version, s.content AS content_sha256, s.size, s.state, s.reason_code, s.reason,
       s.duplicate_of, s.received_at, s.state_at, s.finished_at
FROM docpipeline.submission s;

CREATE VIEW docpipeline.claims_v1 AS
SELECT c.submission_id, s.bucket, s.key, s.version, s.state, s.reason_code, s.reason, s.received_at, c.stored_at, s.finished_at,
       c.claim_number, c.policy_number, c.insurer, c.report_number, c.invoice_number, c.document_date,
       c.policyholder_name, c.insured_name, c.claimant_name, c.patient_name, c.member_id,
       c.date_of_loss, c.loss_location, c.cause_of_loss, c.vin, c.license_plate, c.provider, c.treatment_date,
       c.subtotal, c.tax, c.total_amount, c.amount_paid, c.balance_due, c.deductible, c.currency
FROM docpipeline.claim c
JOIN docpipeline.submission s ON s.id = c.submission_id;

CREATE VIEW docpipeline.claim_fields_v1 AS
SELECT f.submission_id, s.state, f.name, f.value, f.confidence, f.accepted, f.document, f.page, f.x0, f.y0, f.x1, f.y1,
       f.evidence_text, f.source, f.alternatives
FROM docpipeline.claim_field f
JOIN docpipeline.submission s ON s.id = f.submission_id;

CREATE VIEW docpipeline.documents_v1 AS
SELECT d.submission_id, s.state, d.document, d.type, d.type_confidence, d.pages
FROM docpipeline.claim_document d
JOIN docpipeline.submission s ON s.id = d.submission_id;

CREATE VIEW docpipeline.document_fields_v1 AS
SELECT f.submission_id, f.document, d.type AS document_type, f.name, f.value, f.confidence, f.accepted, f.page, f.x0, f.y0, f.x1, f.y1,
       f.evidence_text, f.source, f.alternatives
FROM docpipeline.document_field f
JOIN docpipeline.claim_document d USING (submission_id, document);

CREATE VIEW docpipeline.table_rows_v1 AS
SELECT r.submission_id, r.document, d.type AS document_type, r.table_name, r.row, r.cells, r.page, r.x0, r.y0, r.x1, r.y1,
       r.evidence_text, r.source
FROM docpipeline.claim_table_row r
JOIN docpipeline.claim_document d USING (submission_id, document);

CREATE VIEW docpipeline.findings_v1 AS
SELECT f.submission_id, s.state, f.finding, f.document, f.rule, f.severity, f.message, f.field, f.evidence
FROM docpipeline.finding f
JOIN docpipeline.submission s ON s.id = f.submission_id;

COMMENT ON VIEW docpipeline.submissions_v1 IS 'One row for each version of each file that was ever handed in, whatever became of it.';
COMMENT ON COLUMN docpipeline.submissions_v1.key IS 'Name of the file in its bucket; for a folder the path below it, with / between the parts.';
COMMENT ON COLUMN docpipeline.submissions_v1.content_sha256 IS 'SHA-256 of the bytes, lower-case hex. Null only for a file that was refused for its size.';
COMMENT ON COLUMN docpipeline.submissions_v1.state IS 'processing, accepted, needs_review, reviewed, rejected or dead. accepted and reviewed are the ones to pay attention to; dead waits for an operator.';
COMMENT ON COLUMN docpipeline.submissions_v1.reason_code IS 'Stable code of why the submission did not pass: filter by it.';
COMMENT ON COLUMN docpipeline.submissions_v1.reason IS 'The same for a person.';
COMMENT ON COLUMN docpipeline.submissions_v1.duplicate_of IS 'The submission that brought the same bytes first. A duplicate never has a claim of its own.';
COMMENT ON VIEW docpipeline.claims_v1 IS 'One row for each claim that was read. Take state IN (''accepted'', ''reviewed''): in needs_review nobody has confirmed the values yet, in rejected they do not count.';
COMMENT ON COLUMN docpipeline.claims_v1.total_amount IS 'In the unit of currency; null where no total is printed or where it is no plain number (claim_fields_v1 has what is printed).';
COMMENT ON COLUMN docpipeline.claims_v1.currency IS 'ISO 4217 code, only where the document prints it or a sign that means one currency.';
COMMENT ON COLUMN docpipeline.claims_v1.date_of_loss IS 'Null where none is printed or where it is no calendar date.';
COMMENT ON VIEW docpipeline.claim_fields_v1 IS 'The fields of each claim, one row a field, with the place where the value stands.';
COMMENT ON COLUMN docpipeline.claim_fields_v1.confidence IS 'Estimated probability, 0 to 1, that the value is what is printed.';
COMMENT ON COLUMN docpipeline.claim_fields_v1.accepted IS 'True when nobody needs to look at it, or a person has.';
COMMENT ON COLUMN docpipeline.claim_fields_v1.document IS 'The document of the file it was read on, from 0: joins documents_v1.';
COMMENT ON COLUMN docpipeline.claim_fields_v1.page IS 'Page of the file, from 1. Null only for a value that a person typed in.';
COMMENT ON COLUMN docpipeline.claim_fields_v1.x0 IS 'x0, y0, x1, y1: the box around the words, in fractions of the page, origin at the top left.';
COMMENT ON COLUMN docpipeline.claim_fields_v1.source IS 'Who read it: text-layer, tesseract, plain-text ...; person for a correction.';
COMMENT ON COLUMN docpipeline.claim_fields_v1.alternatives IS 'Other values that were considered, best first, with their evidence.';
COMMENT ON VIEW docpipeline.documents_v1 IS 'The documents that each file consists of.';
COMMENT ON COLUMN docpipeline.documents_v1.pages IS 'Pages of the file, from 1, ascending.';
COMMENT ON VIEW docpipeline.document_fields_v1 IS 'The fields of every single document, also those that the claim took from another document. As read: corrections are in claim_fields_v1.';
COMMENT ON VIEW docpipeline.table_rows_v1 IS 'Rows of tables (line items, service lines, records of a loss run), in the order in which they stand.';
COMMENT ON COLUMN docpipeline.table_rows_v1.cells IS 'Values by column name.';
COMMENT ON VIEW docpipeline.findings_v1 IS 'What the rules found. document is null for a finding about the claim as a whole.';
COMMENT ON COLUMN docpipeline.findings_v1.severity IS 'info: needs nobody; warning: a person should look; error: the claim waits for a person.';
