-- A person regroups the pages of a file: its documents are read anew, in place of what was stored, and wait for a person again.

CREATE OR REPLACE FUNCTION docpipeline.check_submission_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $body$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state NOT IN ('processing', 'rejected') THEN
      RAISE EXCEPTION 'A submission starts in processing, or rejected at the door; not in %.', NEW.state
        USING ERRCODE = 'check_violation', CONSTRAINT = 'submission_state_machine';
    END IF;
  ELSE
    IF (NEW.id, NEW.bucket, NEW.key, NEW.version, NEW.content, NEW.size, NEW.duplicate_of, NEW.received_at)
        IS DISTINCT FROM (OLD.id, OLD.bucket, OLD.key, OLD.version, OLD.content, OLD.size, OLD.duplicate_of, OLD.received_at) THEN
      RAISE EXCEPTION 'What submission % is cannot change, only its state.', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'submission_identity_is_final';
    END IF;

    IF NEW.state = OLD.state THEN
      -- Reason and detail belong to a change of state: on their own they would escape the audit.
      IF (NEW.reason_code, NEW.reason, NEW.state_by, NEW.state_detail, NEW.state_at, NEW.dead_from, NEW.finished_at)
          IS DISTINCT FROM (OLD.reason_code, OLD.reason, OLD.state_by, OLD.state_detail, OLD.state_at, OLD.dead_from, OLD.finished_at) THEN
        RAISE EXCEPTION 'The reason of submission % cannot change without its state.', OLD.id
          USING ERRCODE = 'check_violation', CONSTRAINT = 'submission_state_machine';
      END IF;

      RETURN NEW;
    END IF;

    IF NOT (
        (OLD.state = 'processing' AND NEW.state IN ('accepted', 'needs_review', 'rejected', 'dead'))
        -- Back to processing: a person has regrouped its pages.
        OR (OLD.state = 'needs_review' AND NEW.state IN ('reviewed', 'rejected', 'processing', 'dead'))
        -- A replay goes on where the dead letter stopped: a submission that died after it went to review goes back to review.
        OR (OLD.state = 'dead' AND NEW.state = OLD.dead_from)) THEN
      RAISE EXCEPTION 'Submission % is %: it cannot become %.', OLD.id, OLD.state, NEW.state
        USING ERRCODE = 'check_violation', CONSTRAINT = 'submission_state_machine';
    END IF;
  END IF;

  NEW.dead_from := CASE WHEN NEW.state = 'dead' THEN OLD.state END;
  -- Not the start of the transaction: two changes in one transaction keep their order.
  NEW.state_at := clock_timestamp();
  NEW.finished_at := CASE WHEN NEW.state IN ('accepted', 'reviewed', 'rejected', 'dead') THEN NEW.state_at END;
  RETURN NEW;
END
$body$;

-- All parts of a reading go together.
ALTER TABLE docpipeline.claim_document
  DROP CONSTRAINT claim_document_claim_known,
  ADD CONSTRAINT claim_document_claim_known FOREIGN KEY (submission_id) REFERENCES docpipeline.claim (submission_id) ON DELETE CASCADE;
ALTER TABLE docpipeline.document_field
  DROP CONSTRAINT document_field_document_known,
  ADD CONSTRAINT document_field_document_known FOREIGN KEY (submission_id, document) REFERENCES docpipeline.claim_document (submission_id, document) ON DELETE CASCADE;
ALTER TABLE docpipeline.claim_field
  DROP CONSTRAINT claim_field_claim_known,
  DROP CONSTRAINT claim_field_document_known,
  ADD CONSTRAINT claim_field_claim_known FOREIGN KEY (submission_id) REFERENCES docpipeline.claim (submission_id) ON DELETE CASCADE,
  ADD CONSTRAINT claim_field_document_known FOREIGN KEY (submission_id, document) REFERENCES docpipeline.claim_document (submission_id, document) ON DELETE CASCADE;
ALTER TABLE docpipeline.claim_table_row
  DROP CONSTRAINT claim_table_row_document_known,
  ADD CONSTRAINT claim_table_row_document_known FOREIGN KEY (submission_id, document) REFERENCES docpipeline.claim_document (submission_id, document) ON DELETE CASCADE;
ALTER TABLE docpipeline.finding
  DROP CONSTRAINT finding_claim_known,
  DROP CONSTRAINT finding_document_known,
  ADD CONSTRAINT finding_claim_known FOREIGN KEY (submission_id) REFERENCES docpipeline.claim (submission_id) ON DELETE CASCADE,
  ADD CONSTRAINT finding_document_known FOREIGN KEY (submission_id, document) REFERENCES docpipeline.claim_document (submission_id, document) ON DELETE CASCADE;

-- The worker cannot delete a claim. It can have the one taken away that is being read anew, and no other.
CREATE FUNCTION docpipeline.remove_reading(submission uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
  DELETE FROM docpipeline.claim c
  USING docpipeline.submission s
  WHERE c.submission_id = submission AND s.id = c.submission_id AND s.state = 'processing';
$body$;
REVOKE ALL ON FUNCTION docpipeline.remove_reading(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION docpipeline.remove_reading(uuid) TO docpipeline_worker;
