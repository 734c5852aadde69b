-- What Invariants/ asks about and a constraint can rule out.

ALTER TABLE docpipeline.submission
  ADD CONSTRAINT submission_reason_is_not_empty CHECK (reason <> ''),
  ADD CONSTRAINT submission_with_its_content UNIQUE (id, content);

-- The first submission of a content has that content, and a claim is the first submission's: a duplicate can never have one.
ALTER TABLE docpipeline.content
  DROP CONSTRAINT content_first_submission_known,
  ADD CONSTRAINT content_with_its_first_submission UNIQUE (sha256, first_submission),
  ADD CONSTRAINT content_first_submission_has_it FOREIGN KEY (first_submission, sha256) REFERENCES docpipeline.submission (id, content)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE docpipeline.claim
  ADD CONSTRAINT claim_of_first_submission FOREIGN KEY (content, submission_id) REFERENCES docpipeline.content (sha256, first_submission);
