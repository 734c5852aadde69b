-- Services that say the same of a field as what was read. A list of names; empty where none does.
ALTER TABLE docpipeline.document_field
  ADD COLUMN witnesses jsonb NOT NULL DEFAULT '[]',
  ADD CONSTRAINT document_field_witnesses_are_a_list CHECK (jsonb_typeof(witnesses) = 'array');

ALTER TABLE docpipeline.claim_field
  ADD COLUMN witnesses jsonb NOT NULL DEFAULT '[]',
  ADD CONSTRAINT claim_field_witnesses_are_a_list CHECK (jsonb_typeof(witnesses) = 'array');

-- The same columns in the same order, and one more at the end.
CREATE OR REPLACE VIEW docpipeline.claim_fields_v1 AS
SELECT f.submission_id, s.state, f.name, f.value, f.confidence, f.accepted, f.document, f.page, f.x0, f.y0, f.x1, f.y1,
       f.evidence_text, f.source, f.alternatives, f.chosen_by, f.witnesses
FROM docpipeline.claim_field f
JOIN docpipeline.submission s ON s.id = f.submission_id;

CREATE OR REPLACE VIEW docpipeline.document_fields_v1 AS
SELECT f.submission_id, f.document, d.type AS document_type, f.name, f.value, f.confidence, f.accepted, f.page, f.x0, f.y0, f.x1, f.y1,
       f.evidence_text, f.source, f.alternatives, f.chosen_by, f.witnesses
FROM docpipeline.document_field f
JOIN docpipeline.claim_document d USING (submission_id, document);

COMMENT ON COLUMN docpipeline.claim_fields_v1.witnesses IS 'Services that say the same of the field, each with its operation or model. Nothing of it is in the confidence.';
COMMENT ON COLUMN docpipeline.document_fields_v1.witnesses IS 'Services that say the same of the field, each with its operation or model. Nothing of it is in the confidence.';
