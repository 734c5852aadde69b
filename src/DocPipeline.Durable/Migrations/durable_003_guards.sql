-- Terminal is final, epochs never go back, a recorded step never changes. Only an operator's replay, which names the instance
-- in durable.replaying for its transaction, may reopen a dead instance and take steps out of its journal.
CREATE FUNCTION durable.guard_instance() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF NEW.epoch < OLD.epoch THEN
    RAISE EXCEPTION 'The epoch of instance % would go back.', OLD.instance_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'instance_epoch_never_decreases';
  END IF;
  IF OLD.status = 'completed' OR (OLD.status = 'dead'
      AND NOT (NEW.status = 'pending' AND current_setting('durable.replaying', true) IS NOT DISTINCT FROM OLD.instance_id)) THEN
    RAISE EXCEPTION 'Instance % is %: terminal is final.', OLD.instance_id, OLD.status
      USING ERRCODE = 'check_violation', CONSTRAINT = 'instance_terminal_is_final';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER instance_guard BEFORE UPDATE ON durable.instance FOR EACH ROW
  WHEN (OLD.status IN ('completed', 'dead') OR NEW.epoch < OLD.epoch) EXECUTE FUNCTION durable.guard_instance();

CREATE FUNCTION durable.guard_open_instance() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  RAISE EXCEPTION 'Instance % is %: only an ended instance may be deleted.', OLD.instance_id, OLD.status
    USING ERRCODE = 'check_violation', CONSTRAINT = 'instance_deleted_only_if_ended';
END
$$;

CREATE TRIGGER instance_guard_delete BEFORE DELETE ON durable.instance FOR EACH ROW
  WHEN (OLD.status NOT IN ('completed', 'dead')) EXECUTE FUNCTION durable.guard_open_instance();

CREATE FUNCTION durable.guard_step() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  -- A step may go with its instance (retention), or by a replay; never alone.
  IF TG_OP = 'DELETE' AND (current_setting('durable.replaying', true) IS NOT DISTINCT FROM OLD.instance_id
      OR NOT EXISTS (SELECT FROM durable.instance i WHERE i.instance_id = OLD.instance_id)) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'Step % of instance % is recorded: it never changes.', OLD.step_no, OLD.instance_id
    USING ERRCODE = 'check_violation', CONSTRAINT = 'step_recorded_is_final';
END
$$;

CREATE TRIGGER step_guard_update BEFORE UPDATE ON durable.step FOR EACH ROW
  WHEN (OLD.status IN ('completed', 'failed')) EXECUTE FUNCTION durable.guard_step();
CREATE TRIGGER step_guard_delete BEFORE DELETE ON durable.step FOR EACH ROW EXECUTE FUNCTION durable.guard_step();
