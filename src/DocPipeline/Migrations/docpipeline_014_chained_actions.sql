-- What people do is in the audit's chain, also what changes no state: an action is a link between the audit row of its version and the next one.
ALTER TABLE docpipeline.review_action
  ADD COLUMN prev_hash bytea,
  -- Null only for actions that are older than this column: hashes that were sent away cannot be changed afterwards.
  ADD COLUMN hash bytea,
  ADD CONSTRAINT review_action_hashes_are_sha256 CHECK (octet_length(prev_hash) = 32 AND octet_length(hash) = 32),
  ADD CONSTRAINT review_action_has_both_hashes CHECK ((prev_hash IS NULL) = (hash IS NULL));

-- Each change of state asks for the newest action before it.
CREATE INDEX review_action_links ON docpipeline.review_action (submission_id, version, id) WHERE hash IS NOT NULL;

-- As audit_hash spells an audit row.
CREATE FUNCTION docpipeline.action_hash(action docpipeline.review_action) RETURNS bytea
LANGUAGE sql STABLE PARALLEL SAFE AS $body$
  SELECT sha256(action.prev_hash || convert_to(
    jsonb_build_array(
      action.id, action.submission_id, action.version, action.kind, action.by, action.first_by,
      to_char(action.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
      -- How a floating number is spelled depends on the session.
      action.seconds::numeric, action.note, action.changes, action.decision, action.returns)::text,
    'UTF8'));
$body$;
REVOKE ALL ON FUNCTION docpipeline.action_hash(docpipeline.review_action) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION docpipeline.action_hash(docpipeline.review_action) TO docpipeline_worker;

-- The end of a submission's chain: its newest audit row, or the newest action after it.
CREATE FUNCTION docpipeline.newest_link(submission uuid, OUT seq integer, OUT hash bytea)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $body$
  SELECT a.seq, coalesce((
    SELECT r.hash FROM docpipeline.review_action r
    WHERE r.submission_id = a.submission_id AND r.version = a.seq AND r.hash IS NOT NULL ORDER BY r.id DESC LIMIT 1), a.hash)
  FROM docpipeline.audit a
  WHERE a.submission_id = submission ORDER BY a.seq DESC LIMIT 1;
$body$;
REVOKE ALL ON FUNCTION docpipeline.newest_link(uuid) FROM PUBLIC;

CREATE FUNCTION docpipeline.chain_action() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
  newest integer;
BEGIN
  -- Changes of state and actions wait for each other: two links after the same one would break the chain.
  PERFORM FROM docpipeline.submission s WHERE s.id = NEW.submission_id FOR UPDATE;
  SELECT l.seq, l.hash INTO newest, NEW.prev_hash FROM docpipeline.newest_link(NEW.submission_id) l;
  IF NEW.version IS DISTINCT FROM newest THEN
    RAISE EXCEPTION 'Submission % is at version % by now: nothing can be done about version %.', NEW.submission_id, newest, NEW.version
      USING ERRCODE = 'check_violation', CONSTRAINT = 'review_action_of_newest_version';
  END IF;

  NEW.hash := docpipeline.action_hash(NEW);
  RETURN NEW;
END
$body$;
REVOKE ALL ON FUNCTION docpipeline.chain_action() FROM PUBLIC;

CREATE TRIGGER review_action_is_chained BEFORE INSERT ON docpipeline.review_action
  FOR EACH ROW EXECUTE FUNCTION docpipeline.chain_action();
ALTER TABLE docpipeline.review_action ENABLE ALWAYS TRIGGER review_action_is_chained;

-- The next change of state follows the newest action. Otherwise as before.
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
    SELECT l.seq, l.hash INTO STRICT last_seq, last_hash FROM docpipeline.newest_link(NEW.id) l;
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
