-- A submission that was sent back is ended; the next version of the same key names it.
ALTER TABLE docpipeline.submission
  ADD COLUMN replaces uuid,
  ADD CONSTRAINT submission_replaces_known FOREIGN KEY (replaces) REFERENCES docpipeline.submission (id),
  ADD CONSTRAINT submission_does_not_replace_itself CHECK (replaces <> id);

CREATE INDEX submission_by_replaced ON docpipeline.submission (replaces) WHERE replaces IS NOT NULL;

CREATE FUNCTION docpipeline.refuse_other_replaced() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $body$
BEGIN
  RAISE EXCEPTION 'What submission % replaces cannot change.', OLD.id
    USING ERRCODE = 'check_violation', CONSTRAINT = 'submission_identity_is_final';
END
$body$;

CREATE TRIGGER submission_replaced_is_final BEFORE UPDATE ON docpipeline.submission
  FOR EACH ROW WHEN (NEW.replaces IS DISTINCT FROM OLD.replaces) EXECUTE FUNCTION docpipeline.refuse_other_replaced();
ALTER TABLE docpipeline.submission ENABLE ALWAYS TRIGGER submission_replaced_is_final;

-- The same columns in the same order, and one more at the end.
CREATE OR REPLACE VIEW docpipeline.submissions_v1 AS
SELECT s.id AS submission_id, s.bucket, s.key, s.version, s.content AS content_sha256, s.size, s.state, s.reason_code, s.reason,
       s.duplicate_of, s.received_at, s.state_at, s.finished_at, s.replaces
FROM docpipeline.submission s;

COMMENT ON COLUMN docpipeline.submissions_v1.replaces IS 'The submission of the same key that was sent back to its sender (reason_code sent_back) before this one came.';

-- The message about a change says it, too. Otherwise as before.
CREATE OR REPLACE FUNCTION docpipeline.record_submission_change() RETURNS trigger
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
    'state', NEW.state, 'from', old_state, 'reason_code', NEW.reason_code, 'reason', NEW.reason, 'duplicate_of', NEW.duplicate_of, 'replaces', NEW.replaces,
    'at', to_char(NEW.state_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'audit_hash', encode(new_hash, 'hex')));
  RETURN NULL;
END
$body$;
