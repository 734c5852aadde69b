# shellcheck shell=bash
# The product's database on the private Postgres below .local/: made at the first start, kept, shared by everything that
# runs from this folder. Sourced after postgres.sh.
#
# Roles: docpipeline_owner migrates; docpipeline_app works (in docpipeline_worker); docpipeline_guest looks (in docpipeline_reader).
#
# Locks (flock; the kernel drops them when their holder dies): whoever uses Postgres holds .local/postgres.users shared, and the
# last one to leave stops it. Starting and stopping exclude each other through .local/postgres.change.

database_is_used=no

# An operator's own database comes first: then nothing is started and nothing is migrated here.
use_database() {
  if [ -n "${DOCPIPELINE_DATABASE:-}" ]; then return 0; fi
  mkdir -p "$local_dir"
  exec 7>>"$local_dir/postgres.users" 6>>"$local_dir/postgres.change"
  flock -x 6
  find_database_home
  postgres_is_running || start_postgres
  postgres_port=$(<"$postgres_home/port")
  flock -s 7
  database_is_used=yes
  create_database
  flock -u 6
  export DOCPIPELINE_DATABASE="Host=127.0.0.1;Port=$postgres_port;Database=docpipeline;Username=docpipeline_app;Password=$(<"$(secret worker)")"
  export DOCPIPELINE_OWNER_DATABASE="Host=127.0.0.1;Port=$postgres_port;Database=docpipeline;Username=docpipeline_owner;Password=$(<"$(secret owner)")"
  dotnet "$server" migrate --quiet >&2
}

release_database() {
  [ "$database_is_used" = yes ] || return 0
  flock -x 6
  flock -u 7
  if flock -n -x 7; then stop_postgres; fi
  flock -u 6
}

find_database_home() {
  local remembered=$local_dir/postgres-home home owner
  choose_postgres_account
  home=$(cat "$remembered" 2>/dev/null || printf '%s\n' "$local_dir/postgres")
  if [ -d "$home" ]; then
    owner=$(stat -c %U "$home")
    [ "$owner" = "$postgres_account" ] || die "The database in $home belongs to the account '$owner', and this would run it as '$postgres_account'." \
      "Run this as the one who ran it first, or remove $local_dir to begin anew."
  fi
  if [ -f "$home/initialised" ]; then
    postgres_home=$home
    return
  fi
  say "Making a database"
  make_postgres_home "$local_dir/postgres" /var/lib/docpipeline
  # What an interrupted first start left is of no use to anybody.
  rm -rf "$postgres_home/data"
  initialise_postgres "$(secret postgres)"
  printf '%s\n' "$postgres_home" >"$remembered"
}

# Safe to repeat; the passwords are hex, so that they need no quoting.
create_database() {
  [ ! -f "$postgres_home/roles" ] || return 0
  as_superuser postgres <<SQL
SELECT format('CREATE ROLE %I NOLOGIN', r) FROM unnest(ARRAY['docpipeline_worker', 'docpipeline_reader']) r
  WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = r) \gexec
SELECT format('CREATE ROLE %I LOGIN', r) FROM unnest(ARRAY['docpipeline_owner', 'docpipeline_app', 'docpipeline_guest']) r
  WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = r) \gexec
-- CREATEDB: 'bench engine' makes a database of its own and drops it again.
ALTER ROLE docpipeline_owner CREATEDB PASSWORD '$(<"$(secret owner)")';
ALTER ROLE docpipeline_app PASSWORD '$(<"$(secret worker)")';
ALTER ROLE docpipeline_guest PASSWORD '$(<"$(secret guest)")';
GRANT docpipeline_worker TO docpipeline_app;
GRANT docpipeline_reader TO docpipeline_guest;
ALTER ROLE docpipeline_app SET statement_timeout = '60s';
ALTER ROLE docpipeline_app SET lock_timeout = '10s';
ALTER ROLE docpipeline_guest SET default_transaction_read_only = on;
SELECT 'CREATE DATABASE docpipeline OWNER docpipeline_owner' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'docpipeline') \gexec
SQL
  as_superuser docpipeline <<SQL
ALTER SCHEMA public OWNER TO docpipeline_owner;
SQL
  touch "$postgres_home/roles"
}

as_superuser() {
  PGOPTIONS='-c client_min_messages=warning' PGPASSWORD=$(<"$(secret postgres)") "$(postgres_programs)/psql" --no-psqlrc --quiet --set ON_ERROR_STOP=1 \
    --host 127.0.0.1 --port "$postgres_port" --username postgres --dbname "$1" >/dev/null
}

query() {
  PGPASSWORD=$(<"$(secret guest)") PGOPTIONS='-c search_path=docpipeline' "$(postgres_programs)/psql" \
    --host 127.0.0.1 --port "$postgres_port" --username docpipeline_guest --dbname docpipeline "$@"
}
