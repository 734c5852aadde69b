-- Who may log in, and the database. Tables, views and what each group may do with them are the migrations' business (`migrate`, as the owner).
-- For psql, once for each server, as its administrator. Safe to repeat: passwords are set anew.
--   psql -v ON_ERROR_STOP=1 -v owner_password=... -v app_password=... -v reports_password=... -f roles.sql
-- Other names: -v database= -v owner= -v app= -v reports=
\if :{?database} \else \set database docpipeline \endif
\if :{?owner} \else \set owner docpipeline_owner \endif
\if :{?app} \else \set app docpipeline_app \endif
\if :{?reports} \else \set reports docpipeline_reports \endif
-- Steps at once and a few for the engine itself, for each process; see infra/scale.
\if :{?app_connections} \else \set app_connections 80 \endif

SET client_min_messages = warning;

-- The groups that the migrations grant to. Made here, so that the owner needs no right to make roles.
SELECT format('CREATE ROLE %I NOLOGIN', r) FROM unnest(ARRAY['docpipeline_worker', 'docpipeline_reader']) r
  WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = r) \gexec
SELECT format('CREATE ROLE %I LOGIN', r) FROM unnest(ARRAY[:'owner', :'app', :'reports']) r
  WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = r) \gexec

ALTER ROLE :"owner" PASSWORD :'owner_password' NOCREATEDB NOCREATEROLE;
ALTER ROLE :"app" PASSWORD :'app_password' NOCREATEDB NOCREATEROLE CONNECTION LIMIT :app_connections;
ALTER ROLE :"reports" PASSWORD :'reports_password' NOCREATEDB NOCREATEROLE CONNECTION LIMIT 10;
GRANT docpipeline_worker TO :"app";
GRANT docpipeline_reader TO :"reports";

-- What a frozen process leaves open holds its locks for a minute at most; a report never holds up the work.
ALTER ROLE :"app" SET statement_timeout = '60s';
ALTER ROLE :"app" SET lock_timeout = '10s';
ALTER ROLE :"app" SET idle_in_transaction_session_timeout = '60s';
ALTER ROLE :"reports" SET default_transaction_read_only = on;
ALTER ROLE :"reports" SET statement_timeout = '5min';

-- On managed servers the administrator is no superuser and must be in the role to which it gives a database.
SELECT format('GRANT %I TO CURRENT_USER', :'owner') WHERE NOT pg_has_role(current_user, :'owner', 'MEMBER') \gexec
SELECT format('CREATE DATABASE %I OWNER %I', :'database', :'owner') WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \gexec
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO docpipeline_worker, docpipeline_reader;
