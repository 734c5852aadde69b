-- What tests look at beside the engine's own tables. Only in test databases.
CREATE TABLE effect (instance_id text NOT NULL, step_no int NOT NULL);
CREATE TABLE hook (instance_id text NOT NULL, what text NOT NULL);
CREATE TABLE lost (instance_id text PRIMARY KEY);
GRANT SELECT, INSERT ON effect, hook, lost TO docpipeline_worker;

-- Triggers see every write as it is made, and by whom: application_name is one engine's, and nobody else's.
CREATE SCHEMA watch;
CREATE TABLE watch.violation (what text NOT NULL);
CREATE TABLE watch.transition (instance_id text NOT NULL, was text NOT NULL, became text NOT NULL);
CREATE TABLE watch.owner (instance_id text PRIMARY KEY, engine text NOT NULL);

CREATE FUNCTION watch.instance_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  me text := current_setting('application_name');
  owner text;
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO watch.transition VALUES (NEW.instance_id, '', NEW.status);
    RETURN NULL;
  END IF;
  IF (OLD.status, OLD.epoch) IS DISTINCT FROM (NEW.status, NEW.epoch) THEN
    INSERT INTO watch.transition VALUES (NEW.instance_id, OLD.status, NEW.status);
  END IF;
  IF OLD.status = 'completed' OR (OLD.status = 'dead' AND NEW.status <> 'pending') THEN
    INSERT INTO watch.violation VALUES (format('%s was %s and has changed', OLD.instance_id, OLD.status));
  END IF;
  IF NEW.epoch <> OLD.epoch + (NEW.status = 'running' AND OLD.status <> 'running')::int THEN
    INSERT INTO watch.violation VALUES (format('epoch of %s went from %s (%s) to %s (%s)', OLD.instance_id, OLD.epoch, OLD.status, NEW.epoch, NEW.status));
  END IF;
  IF OLD.status <> 'running' AND NEW.status = 'running' THEN
    INSERT INTO watch.owner VALUES (NEW.instance_id, me) ON CONFLICT (instance_id) DO UPDATE SET engine = me;
  ELSIF OLD.status = 'running' AND NEW.status NOT IN ('running', 'pending') THEN
    SELECT engine INTO owner FROM watch.owner o WHERE o.instance_id = NEW.instance_id;
    IF owner <> me THEN
      INSERT INTO watch.violation VALUES (format('%s of %s became %s by %s', NEW.instance_id, owner, NEW.status, me));
    END IF;
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER watch_instance AFTER INSERT OR UPDATE ON durable.instance FOR EACH ROW EXECUTE FUNCTION watch.instance_changed();

CREATE FUNCTION watch.step_recorded() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  me text := current_setting('application_name');
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.status IN ('completed', 'failed') THEN
    INSERT INTO watch.violation VALUES (format('recorded step %s of %s has changed', OLD.step_no, OLD.instance_id));
  END IF;
  INSERT INTO watch.violation
  SELECT format('step %s of %s was recorded by %s under epoch %s; the instance is %s by %s under epoch %s', NEW.step_no, NEW.instance_id, me, NEW.epoch, i.status, o.engine, i.epoch)
  FROM durable.instance i JOIN watch.owner o USING (instance_id)
  WHERE i.instance_id = NEW.instance_id AND (i.epoch <> NEW.epoch OR o.engine <> me OR i.status NOT IN ('running', 'waiting'));
  INSERT INTO watch.violation
  SELECT format('step %s of %s timed out beside event %s', NEW.step_no, NEW.instance_id, x.name)
  FROM durable.inbox x
  WHERE NEW.kind = 'event' AND NEW.result ? 'timedOut' AND x.instance_id = NEW.instance_id AND x.name = NEW.name AND x.taken_by_step IS NULL;
  RETURN NULL;
END
$$;
CREATE TRIGGER watch_step AFTER INSERT OR UPDATE ON durable.step FOR EACH ROW EXECUTE FUNCTION watch.step_recorded();

CREATE FUNCTION watch.event_taken() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  INSERT INTO watch.violation VALUES (format('event %s of %s was taken by step %s and then by %s', OLD.seq, OLD.instance_id, OLD.taken_by_step, NEW.taken_by_step));
  RETURN NULL;
END
$$;
CREATE TRIGGER watch_inbox AFTER UPDATE ON durable.inbox FOR EACH ROW WHEN (OLD.taken_by_step IS NOT NULL AND NEW.taken_by_step IS NOT NULL) EXECUTE FUNCTION watch.event_taken();
