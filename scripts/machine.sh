# shellcheck shell=bash
# What ./run and ./test share: saying things, finding out what the machine lacks, building.
# Sourced with `set -euo pipefail` in force.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
local_dir=$root/.local

# Build servers would outlive the command that started them, and both commands promise to leave nothing behind.
export MSBUILDDISABLENODEREUSE=1
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

say() { printf '%s\n' "$*" >&2; }

die() {
  say "error: $1"
  shift
  local line
  for line in "$@"; do say "       $line"; done
  exit 3
}

# 1. The .NET SDK is the one thing that has to be there already.
require_dotnet() {
  command -v dotnet >/dev/null || die "The .NET 10 SDK is not installed (no 'dotnet' on the path)." \
    "Install it from https://dotnet.microsoft.com/download and run this again."
  dotnet --list-sdks | grep -q '^10\.' || die "'dotnet' is here, but not its SDK for .NET 10." \
    "Install it from https://dotnet.microsoft.com/download and run this again."
}

# 2. Everything else comes from apt. Prints nothing when nothing is missing. $1 = browser: also what looks at the pages as a person does; tests: and what object stores run on, too.
install_missing() {
  local packages=() reasons=()
  lacking() { packages+=("$1"); reasons+=("$2"); }
  command -v curl >/dev/null || lacking curl "asks the API, as the README shows"
  command -v tesseract >/dev/null || lacking tesseract-ocr "reads scanned pages"
  [ -n "$(find /usr/share/tesseract-ocr /usr/share/tessdata -name eng.traineddata -print -quit 2>/dev/null)" ] ||
    lacking tesseract-ocr-eng "what tesseract knows of English"
  local program
  for program in pdftotext pdftoppm pdfimages pdfinfo; do
    command -v "$program" >/dev/null || { lacking poppler-utils "reads PDF files"; break; }
  done
  # Without a font of the same widths a PDF file that brings none for Helvetica or Times is drawn with letters that overlap.
  [ -n "$(find /usr/share/fonts -iname 'LiberationSans-Regular.*' -print -quit 2>/dev/null)" ] ||
    lacking fonts-liberation "letters for PDF files that bring none"
  # Ticks of forms come from a font that PDF files need not bring, and that Liberation does not stand in for: their boxes would be drawn empty.
  [ -n "$(find /usr/share/fonts -iname 'DejaVuSans.*' -print -quit 2>/dev/null)" ] ||
    lacking fonts-dejavu-core "ticks of forms"
  # Brings a list of all fonts up to date when one is installed. Without the list each page that is drawn looks through their files again.
  command -v fc-cache >/dev/null || lacking fontconfig "finds fonts"
  command -v prlimit >/dev/null || lacking util-linux "limits what a hostile file can use"
  if [ "${1:-}" = tests ] || [ "${1:-}" = browser ]; then
    command -v chromium >/dev/null || lacking chromium "looks at the pages as a person does"
  fi
  if [ "${1:-}" = tests ]; then
    command -v node >/dev/null || lacking nodejs "runs the object stores that buckets are tested on"
    command -v npm >/dev/null || lacking npm "installs them"
  fi
  postgres_programs >/dev/null || lacking postgresql "keeps the claims and the progress of the work"
  [ ${#packages[@]} -gt 0 ] || return 0

  local i
  say "This machine lacks ${#packages[@]} thing(s), which come from apt now:"
  for i in "${!packages[@]}"; do say "  ${packages[i]}: ${reasons[i]}"; done

  local become=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; } && become=(sudo)
    [ ${#become[@]} -gt 0 ] || die "Installing needs root, and this account cannot become root here (no sudo, or it asks for a password and nobody is there)." \
      "As root, run: apt-get update && apt-get install --no-install-recommends ${packages[*]}" \
      "Then run this again as yourself."
  fi
  command -v apt-get >/dev/null || die "There is no apt-get here: only Debian and its kin are served by this script." \
    "Install by hand: ${packages[*]}"

  mkdir -p "$local_dir"
  local log=$local_dir/apt.log
  : >"$log"
  # One broken third-party list must not stop us: whether the packages can be had is what the installation finds out.
  "${become[@]}" apt-get update >>"$log" 2>&1 || say "  apt-get update had trouble (see $log); going on with the lists as they are."
  if [[ " ${packages[*]} " == *" postgresql "* ]]; then
    prevent_system_cluster "$log" "${become[@]}"
  fi
  apt_install "$log" "${become[@]}" -- "${packages[@]}"
  say "Installed."
}

# Debian starts a system-wide cluster on port 5432 as soon as the server is installed. Nobody asked for one, so on a
# machine where Postgres has never been it is told not to. Where it has been, its configuration is somebody's: left alone.
prevent_system_cluster() {
  local log=$1 configuration=/etc/postgresql-common/createcluster.conf
  shift
  dpkg-query -W -f '${Status}' postgresql-common 2>/dev/null | grep -q 'ok installed' && return 0
  apt_install "$log" "$@" -- postgresql-common
  "$@" sed -i 's/^#* *create_main_cluster *=.*/create_main_cluster = false/' "$configuration"
  grep -q '^create_main_cluster = false' "$configuration" ||
    printf 'create_main_cluster = false\n' | "$@" tee -a "$configuration" >/dev/null
}

apt_install() {
  local log=$1 become=()
  shift
  while [ "$1" != -- ]; do become+=("$1"); shift; done
  shift
  "${become[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" >>"$log" 2>&1 </dev/null || {
    tail -n 15 "$log" >&2
    die "apt-get could not install: $*" "The whole log is in $log." "Install them by hand and run this again."
  }
}

# 3. Object stores that speak the real protocols, from npm: the versions of the lock file, without any script of theirs.
install_stores() {
  local wanted=$root/tests/DocPipeline.Testing/Stores stores=$local_dir/stores log=$local_dir/npm.log
  export DOCPIPELINE_TEST_STORES=$stores
  # Written last: only a finished installation has it.
  cmp -s "$wanted/package-lock.json" "$stores/installed.json" && return 0
  say "Installing the object stores that buckets are tested on (azurite, s3rver; from npm)"
  rm -rf "$stores"
  mkdir -p "$stores"
  cp "$wanted/package.json" "$wanted/package-lock.json" "$stores/"
  if ! npm ci --prefix "$stores" --ignore-scripts --no-audit --no-fund >"$log" 2>&1 </dev/null; then
    tail -n 15 "$log" >&2
    die "npm could not install the object stores." "The whole log is in $log."
  fi
  cp "$wanted/package-lock.json" "$stores/installed.json"
}

# 4. Building. Quiet when it works; the compiler's words when it does not.
# One compiler serves all projects of a build and is ended with it: one for each project compiles itself first, and the solution takes two thirds longer.
compiler=docpipeline-$$

build() {
  local log=$local_dir/build.log
  mkdir -p "$local_dir"
  if ! dotnet build "$@" --configuration Release -p:UseSharedCompilation=true -p:SharedCompilationId="$compiler" -maxcpucount:2 --nologo --verbosity quiet -clp:NoSummary >"$log" 2>&1 </dev/null; then
    grep -E '(error|warning) [A-Z]*[0-9]*|: error' "$log" | sort -u >&2 || cat "$log" >&2
    die "The build failed." "The whole log is in $log."
  fi
  end_compiler
}

# Nothing outlives these commands: also called when they are interrupted, or the build fails.
end_compiler() {
  local process
  for process in /proc/[0-9]*; do
    if [[ "$(tr '\0' ' ' <"$process/cmdline")" == *"-pipename:$compiler "* ]]; then kill "${process#/proc/}" || true; fi
  done 2>/dev/null
}
