-- A value that a language model chose says which one, and by which instructions. Null: the reader or a person.
ALTER TABLE docpipeline.document_field
  ADD COLUMN chosen_by text,
  ADD CONSTRAINT document_field_chosen_by_is_never_empty CHECK (chosen_by <> ''),
  -- Nothing that a model chose is accepted unseen.
  ADD CONSTRAINT document_field_chosen_is_never_accepted CHECK (chosen_by IS NULL OR NOT accepted);

ALTER TABLE docpipeline.claim_field
  ADD COLUMN chosen_by text,
  ADD CONSTRAINT claim_field_chosen_by_is_never_empty CHECK (chosen_by <> '');

-- The same columns in the same order, and one more at the end.
CREATE OR REPLACE VIEW docpipeline.claim_fields_v1 AS
SELECT f.submission_id, s.state, f.name, f.value, f.confidence, f.accepted, f.document, f.page, f.x0, f.y0, f.x1, f.y1,
       f.evidence_text, f.source, f.alternatives, f.chosen_by
FROM docpipeline.claim_field f
JOIN docpipeline.submission s ON s.id = f.submission_id;

CREATE OR REPLACE VIEW docpipeline.document_fields_v1 AS
SELECT f.submission_id, f.document, d.type AS document_type, f.name, f.value, f.confidence, f.accepted, f.page, f.x0, f.y0, f.x1, f.y1,
       f.evidence_text, f.source, f.alternatives, f.chosen_by
FROM docpipeline.document_field f
JOIN docpipeline.claim_document d USING (submission_id, document);

COMMENT ON COLUMN docpipeline.claim_fields_v1.chosen_by IS 'The language model that chose the value among what stands on the page, with the version of its instructions: provider/model#version. Null where the reader or a person did.';
COMMENT ON COLUMN docpipeline.document_fields_v1.chosen_by IS 'The language model that chose the value among what stands on the page, with the version of its instructions: provider/model#version. Null where the reader did.';
