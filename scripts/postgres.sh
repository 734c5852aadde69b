# shellcheck shell=bash
# A Postgres of our own: never the system's cluster, never a fixed port, never reachable from another machine.
# Sourced after machine.sh.
#
#   postgres_home    where it lives: data/, port, server.log; the file 'initialised' says that data/ is complete
#   postgres_account who runs it: ourselves, or Debian's unprivileged 'postgres' when we are root (Postgres refuses root)

postgres_home= postgres_account= postgres_port=

# Folder of initdb and pg_ctl; of the version given, or the newest that is installed.
postgres_programs() {
  local folder
  folder=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin -path "*/${1:-*}/bin" 2>/dev/null | sort -V | tail -n 1)
  [ -n "$folder" ] && [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ] && printf '%s\n' "$folder"
}

choose_postgres_account() {
  postgres_account=$(id -un)
  [ "$(id -u)" -eq 0 ] || return 0
  postgres_account=postgres
  id "$postgres_account" >/dev/null 2>&1 || die "Postgres does not run as root, and the account 'postgres' that Debian's package makes is missing." \
    "Install Debian's postgresql package, or run this as an ordinary user."
}

# Runs a program as Postgres' account, with none of the lock files of this script open in it.
as_postgres() (
  cd /
  umask 077
  if [ "$postgres_account" = "$(id -un)" ]; then
    exec "$@" 6>&- 7>&- 8>&- 9>&-
  else
    exec runuser -u "$postgres_account" -- "$@" 6>&- 7>&- 8>&- 9>&-
  fi
)

# Makes a folder that Postgres' account owns. Below .local where that account can get there; it cannot when the clone
# lies in somebody's private folder such as /root, and then the folder is made below $2 instead, under a random name.
make_postgres_home() {
  local wanted=$1 elsewhere=$2
  choose_postgres_account
  mkdir -p "$local_dir"
  if as_postgres test -x "$local_dir"; then
    postgres_home=$wanted
    mkdir -p "$postgres_home"
  else
    (umask 022; mkdir -p "$elsewhere")
    postgres_home=$(mktemp -d "$elsewhere/postgres.XXXXXX")
    say "The account '$postgres_account' cannot reach $local_dir, so its database is kept in $postgres_home."
  fi
  [ "$postgres_account" = "$(id -un)" ] || chown "$postgres_account" "$postgres_home"
  chmod 700 "$postgres_home"
}

is_free_port() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Below the range from which the kernel takes the ports of outgoing connections.
free_port() {
  local port
  while :; do
    port=$((15000 + RANDOM % 15000))
    is_free_port "$port" && { printf '%s\n' "$port"; return; }
  done
}

# $1: file that holds the superuser's password; the rest goes to initdb.
initialise_postgres() {
  local secret=$1 handed
  shift
  handed=$postgres_home/password
  (umask 077; cat "$secret" >"$handed")
  [ "$postgres_account" = "$(id -un)" ] || chown "$postgres_account" "$handed"
  as_postgres "$(postgres_programs)/initdb" --pgdata="$postgres_home/data" --username=postgres --pwfile="$handed" \
    --auth=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 "$@" >"$postgres_home/initdb.log" 2>&1 </dev/null || {
    tail -n 10 "$postgres_home/initdb.log" >&2
    die "Postgres could not make its data folder in $postgres_home."
  }
  rm -f "$handed"
  # No socket file: its path may be too long for the kernel below a deep clone, and TCP on the loopback serves everybody.
  cat >>"$postgres_home/data/postgresql.conf" <<'CONF'

# --- DocPipeline ---
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
synchronous_commit = on
idle_in_transaction_session_timeout = '60s'
tcp_keepalives_idle = 30
tcp_keepalives_interval = 10
tcp_keepalives_count = 3
CONF
  touch "$postgres_home/initialised"
}

postgres_is_running() {
  [ -f "$postgres_home/data/postmaster.pid" ] &&
    as_postgres "$(postgres_programs "$(<"$postgres_home/data/PG_VERSION")")/pg_ctl" -D "$postgres_home/data" status >/dev/null 2>&1
}

# Starts it on the port it had last time, or on another when somebody else has taken that one. $*: more settings.
start_postgres() {
  local programs version try
  version=$(<"$postgres_home/data/PG_VERSION")
  programs=$(postgres_programs "$version") || die "The database in $postgres_home was made by Postgres $version, which is not installed any more." \
    "Install it (apt-get install postgresql-$version), or remove $postgres_home to begin with an empty one."
  postgres_port=$(cat "$postgres_home/port" 2>/dev/null || free_port)
  for try in 1 2 3 4 5; do
    is_free_port "$postgres_port" || postgres_port=$(free_port)
    if as_postgres "$programs/pg_ctl" -D "$postgres_home/data" -l "$postgres_home/server.log" -w -t 60 \
      -o "-p $postgres_port $*" start >/dev/null 2>&1 </dev/null; then
      printf '%s\n' "$postgres_port" >"$postgres_home/port"
      return
    fi
    postgres_port=$(free_port)
  done
  tail -n 10 "$postgres_home/server.log" >&2
  die "Postgres did not start after $try attempts." "Its log is $postgres_home/server.log."
}

stop_postgres() {
  [ -n "$postgres_home" ] && [ -f "$postgres_home/data/postmaster.pid" ] || return 0
  local programs
  programs=$(postgres_programs "$(<"$postgres_home/data/PG_VERSION")")
  as_postgres "$programs/pg_ctl" -D "$postgres_home/data" -m fast -w -t 60 stop >/dev/null 2>&1 </dev/null ||
    as_postgres "$programs/pg_ctl" -D "$postgres_home/data" -m immediate -w -t 20 stop >/dev/null 2>&1 </dev/null || true
}

# Makes a secret once and keeps it: 40 hex digits in a file that only we can read.
secret() {
  local file=$local_dir/secrets/$1
  if [ ! -s "$file" ]; then
    (umask 077; mkdir -p "$local_dir/secrets"; od -An -N20 -tx1 /dev/urandom | tr -d ' \n' >"$file")
  fi
  printf '%s\n' "$file"
}
