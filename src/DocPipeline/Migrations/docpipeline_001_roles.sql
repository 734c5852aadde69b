-- Roles belong to the whole server, databases do not: another database may be creating the same roles at this moment.
-- Both roles are groups without login. An operator grants them to login roles of his own:
--   CREATE ROLE app LOGIN PASSWORD '...' IN ROLE docpipeline_worker;
DO $roles$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['docpipeline_worker', 'docpipeline_reader'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
      BEGIN
        EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
      EXCEPTION
        WHEN duplicate_object OR unique_violation THEN
          NULL; -- the other database was faster: what we wanted is there
      END;
    END IF;
  END LOOP;
END
$roles$;

CREATE SCHEMA docpipeline;
