-- The state machine of a submission, its audit chain and its outbox. All three live in triggers on purpose:
-- no statement of anybody, the owner included, changes a state without the check, the audit row and the message.

CREATE TABLE docpipeline.audit (
  submission_id uuid        NOT NULL,
  seq           integer     NOT NULL,
  at            timestamptz NOT NULL,
  from_state    text,
  to_state      text        NOT NULL,
  reason_code   text,
  reason        text,
  by            text        NOT NULL,
  detail        jsonb,
  prev_hash     bytea       NOT NULL,
  hash          bytea       NOT NULL,
  CONSTRAINT audit_pk PRIMARY KEY (submission_id, seq),
  CONSTRAINT audit_submission_known FOREIGN KEY (submission_id) REFERENCES docpipeline.submission (id),
  CONSTRAINT audit_seq_from_one CHECK (seq >= 1),
  CONSTRAINT audit_first_row_has_no_from CHECK ((seq = 1) = (from_state IS NULL)),
  CONSTRAINT audit_records_a_change CHECK (from_state IS DISTINCT FROM to_state),
  CONSTRAINT audit_hashes_are_sha256 CHECK (octet_length(prev_hash) = 32 AND octet_length(hash) = 32)
);

CREATE TABLE docpipeline.outbox (
  id            bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
  submission_id uuid        NOT NULL,
  audit_seq     integer     NOT NULL,
  topic         text        NOT NULL,
  payload       jsonb       NOT NULL,
  created_at    timestamptz NOT NULL DEFAULT now(),
  delivered_at  timestamptz,
  CONSTRAINT outbox_pk PRIMARY KEY (id),
  -- One message for each change of state.
  CONSTRAINT outbox_once UNIQUE (submission_id, audit_seq),
  CONSTRAINT outbox_audit_known FOREIGN KEY (submission_id, audit_seq) REFERENCES docpipeline.audit (submission_id, seq)
);

CREATE INDEX outbox_undelivered ON docpipeline.outbox (id) WHERE delivered_at IS NULL;

-- The content of an audit row in one canonical spelling, chained to the row before it. The time is spelled out in UTC because
-- the text of a timestamp depends on the session's time zone.
CREATE FUNCTION docpipeline.audit_hash(
  prev_hash bytea, submission_id uuid, seq integer, at timestamptz, from_state text, to_state text,
  reason_code text, reason text, by text, detail jsonb) RETURNS bytea
LANGUAGE sql STABLE PARALLEL SAFE AS $body$
  SELECT sha256(prev_hash || convert_to(
    jsonb_build_array(
      submission_id, seq, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
      from_state, to_state, reason_code, reason, by, detail)::text,
    'UTF8'));
$body$;

CREATE FUNCTION docpipeline.check_submission_change() RETURNS trigger
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
        OR (OLD.state = 'needs_review' AND NEW.state IN ('reviewed', 'rejected', 'dead'))
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

CREATE TRIGGER submission_state_machine BEFORE INSERT OR UPDATE ON docpipeline.submission
  FOR EACH ROW EXECUTE FUNCTION docpipeline.check_submission_change();

-- Runs with the owner's rights: the worker role itself can neither write nor forge an audit row.
-- The chain is one per submission: the row lock on the submission orders its changes already, so the chain costs no lock of its own;
-- one chain for all submissions would let one commit at a time through. What a chain per submission cannot show, the loss of a
-- submission together with its whole chain, is covered by the foreign keys and by the copy of each hash that the outbox sends away.
CREATE FUNCTION docpipeline.record_submission_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
  last_seq  integer := 0;
  last_hash bytea := decode(repeat('00', 32), 'hex');
  new_hash  bytea;
  old_state text;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF NEW.state = OLD.state THEN
      RETURN NULL;
    END IF;

    old_state := OLD.state;
    SELECT a.seq, a.hash INTO STRICT last_seq, last_hash
    FROM docpipeline.audit a WHERE a.submission_id = NEW.id ORDER BY a.seq DESC LIMIT 1;
  END IF;

  new_hash := docpipeline.audit_hash(
    last_hash, NEW.id, last_seq + 1, NEW.state_at, old_state, NEW.state, NEW.reason_code, NEW.reason, NEW.state_by, NEW.state_detail);
  INSERT INTO docpipeline.audit (submission_id, seq, at, from_state, to_state, reason_code, reason, by, detail, prev_hash, hash)
  VALUES (NEW.id, last_seq + 1, NEW.state_at, old_state, NEW.state, NEW.reason_code, NEW.reason, NEW.state_by, NEW.state_detail, last_hash, new_hash);
  INSERT INTO docpipeline.outbox (submission_id, audit_seq, topic, payload)
  VALUES (NEW.id, last_seq + 1, 'submission.' || NEW.state, jsonb_build_object(
    'submission', NEW.id, 'seq', last_seq + 1, 'bucket', NEW.bucket, 'key', NEW.key, 'version', NEW.version, 'content', NEW.content,
    'state', NEW.state, 'from', old_state, 'reason_code', NEW.reason_code, 'reason', NEW.reason, 'duplicate_of', NEW.duplicate_of,
    'at', to_char(NEW.state_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'audit_hash', encode(new_hash, 'hex')));
  RETURN NULL;
END
$body$;

CREATE TRIGGER submission_is_audited AFTER INSERT OR UPDATE ON docpipeline.submission
  FOR EACH ROW EXECUTE FUNCTION docpipeline.record_submission_change();

CREATE FUNCTION docpipeline.refuse_audit_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $body$
BEGIN
  RAISE EXCEPTION 'The audit only grows: % is refused.', TG_OP
    USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'audit_is_append_only';
END
$body$;

CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON docpipeline.audit
  FOR EACH STATEMENT EXECUTE FUNCTION docpipeline.refuse_audit_change();

-- ALWAYS: they also hold in a session that calls itself a replica.
ALTER TABLE docpipeline.submission ENABLE ALWAYS TRIGGER submission_state_machine;
ALTER TABLE docpipeline.submission ENABLE ALWAYS TRIGGER submission_is_audited;
ALTER TABLE docpipeline.audit ENABLE ALWAYS TRIGGER audit_is_append_only;
