-- What was read. A submission has at most one claim, a content has at most one claim, and every value says where it stands.

CREATE TABLE docpipeline.claim (
  submission_id      uuid        NOT NULL,
  content            text        NOT NULL,
  -- The core vocabulary, typed for queries. Null: not on the document, or printed in a way that is no date or amount;
  -- what was printed is in claim_field in either case.
  claim_number       text,
  policy_number      text,
  insurer            text,
  report_number      text,
  invoice_number     text,
  document_date      date,
  policyholder_name  text,
  insured_name       text,
  claimant_name      text,
  patient_name       text,
  member_id          text,
  date_of_loss       date,
  loss_location      text,
  cause_of_loss      text,
  vin                text,
  license_plate      text,
  provider           text,
  treatment_date     date,
  subtotal           numeric,
  tax                numeric,
  total_amount       numeric,
  amount_paid        numeric,
  balance_due        numeric,
  deductible         numeric,
  currency           text,
  -- For the search for duplicates: without white space and case, the provider letters and digits only.
  claim_number_key   text,
  invoice_number_key text,
  provider_key       text,
  result_sha256      text        NOT NULL,
  stored_at          timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT claim_once_per_submission PRIMARY KEY (submission_id),
  CONSTRAINT claim_once_per_content UNIQUE (content),
  CONSTRAINT claim_submission_known FOREIGN KEY (submission_id) REFERENCES docpipeline.submission (id),
  CONSTRAINT claim_content_known FOREIGN KEY (content) REFERENCES docpipeline.content (sha256),
  CONSTRAINT claim_result_sha256_is_hex CHECK (result_sha256 ~ '^[0-9a-f]{64}$')
);

CREATE INDEX claim_by_claim_number ON docpipeline.claim (claim_number_key) WHERE claim_number_key IS NOT NULL;
CREATE INDEX claim_by_invoice_number ON docpipeline.claim (invoice_number_key) WHERE invoice_number_key IS NOT NULL;
CREATE INDEX claim_by_policy_number ON docpipeline.claim (policy_number) WHERE policy_number IS NOT NULL;
CREATE INDEX claim_by_date_of_loss ON docpipeline.claim (date_of_loss) WHERE date_of_loss IS NOT NULL;

CREATE TABLE docpipeline.claim_document (
  submission_id   uuid             NOT NULL,
  document        integer          NOT NULL,
  type            text             NOT NULL,
  type_confidence double precision NOT NULL,
  pages           integer[]        NOT NULL,
  CONSTRAINT claim_document_pk PRIMARY KEY (submission_id, document),
  CONSTRAINT claim_document_claim_known FOREIGN KEY (submission_id) REFERENCES docpipeline.claim (submission_id),
  CONSTRAINT claim_document_from_zero CHECK (document >= 0),
  CONSTRAINT claim_document_confidence CHECK (type_confidence BETWEEN 0 AND 1),
  CONSTRAINT claim_document_has_pages CHECK (cardinality(pages) >= 1 AND 1 <= ALL (pages))
);

-- One row for each field of each document.
CREATE TABLE docpipeline.document_field (
  submission_id uuid             NOT NULL,
  document      integer          NOT NULL,
  name          text             NOT NULL,
  value         text             NOT NULL,
  confidence    double precision NOT NULL,
  accepted      boolean          NOT NULL,
  page          integer          NOT NULL,
  x0            double precision NOT NULL,
  y0            double precision NOT NULL,
  x1            double precision NOT NULL,
  y1            double precision NOT NULL,
  evidence_text text             NOT NULL,
  source        text             NOT NULL,
  alternatives  jsonb            NOT NULL,
  CONSTRAINT document_field_pk PRIMARY KEY (submission_id, document, name),
  CONSTRAINT document_field_document_known FOREIGN KEY (submission_id, document) REFERENCES docpipeline.claim_document (submission_id, document),
  CONSTRAINT document_field_is_never_empty CHECK (value <> ''),
  CONSTRAINT document_field_confidence CHECK (confidence BETWEEN 0 AND 1),
  CONSTRAINT document_field_page_from_one CHECK (page >= 1),
  CONSTRAINT document_field_box CHECK (x0 <= x1 AND y0 <= y1),
  CONSTRAINT document_field_alternatives_are_a_list CHECK (jsonb_typeof(alternatives) = 'array')
);

-- One row for each field of the claim: the reading of one document, chosen over the others, or a person's correction.
CREATE TABLE docpipeline.claim_field (
  submission_id uuid             NOT NULL,
  name          text             NOT NULL,
  value         text             NOT NULL,
  confidence    double precision NOT NULL,
  accepted      boolean          NOT NULL,
  document      integer,
  page          integer,
  x0            double precision,
  y0            double precision,
  x1            double precision,
  y1            double precision,
  evidence_text text,
  source        text             NOT NULL,
  alternatives  jsonb            NOT NULL,
  CONSTRAINT claim_field_pk PRIMARY KEY (submission_id, name),
  CONSTRAINT claim_field_claim_known FOREIGN KEY (submission_id) REFERENCES docpipeline.claim (submission_id),
  CONSTRAINT claim_field_document_known FOREIGN KEY (submission_id, document) REFERENCES docpipeline.claim_document (submission_id, document),
  CONSTRAINT claim_field_is_never_empty CHECK (value <> ''),
  CONSTRAINT claim_field_confidence CHECK (confidence BETWEEN 0 AND 1),
  CONSTRAINT claim_field_page_from_one CHECK (page >= 1),
  CONSTRAINT claim_field_box CHECK (x0 <= x1 AND y0 <= y1),
  -- Evidence or nothing: only a person may know a value that stands nowhere.
  CONSTRAINT claim_field_has_evidence CHECK (
    source = 'person'
    OR (document IS NOT NULL AND page IS NOT NULL AND x0 IS NOT NULL AND y0 IS NOT NULL AND x1 IS NOT NULL AND y1 IS NOT NULL AND evidence_text IS NOT NULL)),
  CONSTRAINT claim_field_alternatives_are_a_list CHECK (jsonb_typeof(alternatives) = 'array')
);

CREATE INDEX claim_field_by_value ON docpipeline.claim_field (name, md5(value));

CREATE TABLE docpipeline.claim_table_row (
  submission_id uuid             NOT NULL,
  document      integer          NOT NULL,
  table_name    text             NOT NULL,
  row           integer          NOT NULL,
  cells         jsonb            NOT NULL,
  page          integer          NOT NULL,
  x0            double precision NOT NULL,
  y0            double precision NOT NULL,
  x1            double precision NOT NULL,
  y1            double precision NOT NULL,
  evidence_text text             NOT NULL,
  source        text             NOT NULL,
  CONSTRAINT claim_table_row_pk PRIMARY KEY (submission_id, document, table_name, row),
  CONSTRAINT claim_table_row_document_known FOREIGN KEY (submission_id, document) REFERENCES docpipeline.claim_document (submission_id, document),
  CONSTRAINT claim_table_row_from_one CHECK (row >= 1),
  CONSTRAINT claim_table_row_cells_are_an_object CHECK (jsonb_typeof(cells) = 'object'),
  CONSTRAINT claim_table_row_page_from_one CHECK (page >= 1),
  CONSTRAINT claim_table_row_box CHECK (x0 <= x1 AND y0 <= y1)
);

CREATE TABLE docpipeline.finding (
  submission_id uuid    NOT NULL,
  finding       integer NOT NULL,
  document      integer,
  rule          text    NOT NULL,
  severity      text    NOT NULL,
  message       text    NOT NULL,
  field         text,
  evidence      jsonb   NOT NULL,
  CONSTRAINT finding_pk PRIMARY KEY (submission_id, finding),
  CONSTRAINT finding_claim_known FOREIGN KEY (submission_id) REFERENCES docpipeline.claim (submission_id),
  CONSTRAINT finding_document_known FOREIGN KEY (submission_id, document) REFERENCES docpipeline.claim_document (submission_id, document),
  CONSTRAINT finding_from_one CHECK (finding >= 1),
  CONSTRAINT finding_severity CHECK (severity IN ('info', 'warning', 'error')),
  CONSTRAINT finding_evidence_is_a_list CHECK (jsonb_typeof(evidence) = 'array')
);

CREATE INDEX finding_by_rule ON docpipeline.finding (rule);

-- What a person decided; one decision ends the review of a submission.
CREATE TABLE docpipeline.review_decision (
  submission_id uuid        NOT NULL,
  decision      text        NOT NULL,
  by            text        NOT NULL,
  at            timestamptz NOT NULL,
  note          text,
  corrections   jsonb       NOT NULL,
  CONSTRAINT review_decision_once PRIMARY KEY (submission_id),
  CONSTRAINT review_decision_submission_known FOREIGN KEY (submission_id) REFERENCES docpipeline.submission (id),
  CONSTRAINT review_decision_kind CHECK (decision IN ('approve', 'reject')),
  CONSTRAINT review_decision_by_somebody CHECK (by <> ''),
  CONSTRAINT review_decision_corrections_are_a_list CHECK (jsonb_typeof(corrections) = 'array'),
  -- Whoever is rejected is told why.
  CONSTRAINT review_decision_reject_has_note CHECK (decision <> 'reject' OR (note IS NOT NULL AND note <> ''))
);
