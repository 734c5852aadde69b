-- What Invariants/ asks about and a constraint or trigger can rule out.
ALTER TABLE durable.instance ADD CONSTRAINT instance_reason_is_not_empty CHECK (reason <> '');

CREATE FUNCTION durable.guard_inbox() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF NEW.taken_by_step IS NULL AND current_setting('durable.replaying', true) IS NOT DISTINCT FROM OLD.instance_id THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'Event % of instance % is taken: it never changes.', OLD.seq, OLD.instance_id
    USING ERRCODE = 'check_violation', CONSTRAINT = 'inbox_taken_is_final';
END
$$;

CREATE TRIGGER inbox_guard BEFORE UPDATE ON durable.inbox FOR EACH ROW
  WHEN (OLD.taken_by_step IS NOT NULL) EXECUTE FUNCTION durable.guard_inbox();
