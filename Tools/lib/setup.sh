# What the scripts of this package share; source it, do not run it.
# shellcheck shell=bash

set -euo pipefail

package_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$package_root"

readonly minimum_swift=6.3
readonly system_packages=(libsqlite3-dev zlib1g-dev)

# fail MESSAGE…: says what is wrong and what to do, and ends.
fail() {
  printf 'Error: %s\n' "$*" >&2
  exit 1
}

# step HEADING COMMAND…: runs the command under a heading and prints how long it took.
#
# The script ends with the command's status when it fails.
step() {
  local heading=$1 start=$SECONDS status
  shift
  printf '\n==> %s\n' "$heading"
  # Not `"$@" || …`: after || bash would go on inside a function whose command failed.
  set +e
  (
    set -e
    "$@"
  )
  status=$?
  set -e
  local duration=$((SECONDS - start))
  if ((status != 0)); then
    printf '==> %s: FAILED with status %d after %d s\n' "$heading" "$status" "$duration"
    exit "$status"
  fi
  printf '==> %s: ok (%d s)\n' "$heading" "$duration"
}

# Ends unless a Swift toolchain is there that is new enough.
require_swift() {
  command -v swift >/dev/null ||
    fail "swift is not in the PATH. Install Swift $minimum_swift or newer: https://www.swift.org/install"
  local version
  version=$(swift --version 2>/dev/null | sed -nE 's/.*Swift version ([0-9]+\.[0-9]+).*/\1/p' | head -n 1)
  [[ -n $version ]] || fail "swift --version names no version; is the toolchain complete?"
  if [[ $(printf '%s\n' "$minimum_swift" "$version" | sort -V | head -n 1) != "$minimum_swift" ]]; then
    fail "Swift $version is too old. Install Swift $minimum_swift or newer: https://www.swift.org/install"
  fi
}

# Installs the C libraries that the package links, unless they are there.
require_system_packages() {
  local missing=() name
  if ! command -v dpkg-query >/dev/null; then
    has_headers || fail "install the headers of SQLite 3 and zlib with this system's package manager"
    return
  fi
  for name in "${system_packages[@]}"; do
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null) == installed ]] ||
      missing+=("$name")
  done
  ((${#missing[@]})) || return 0
  install_packages "${missing[@]}"
}

# Whether the compiler would find the headers in their usual places.
has_headers() {
  local header directory found
  for header in sqlite3.h zlib.h; do
    found=no
    for directory in /usr/include /usr/local/include; do
      [[ -e $directory/$header ]] && found=yes
    done
    [[ $found == yes ]] || return 1
  done
}

install_packages() {
  local as_root=()
  if ((EUID != 0)); then
    command -v sudo >/dev/null || fail "install these as root: apt-get install $*"
    as_root=(sudo)
  fi
  echo "Installing missing system packages with apt-get: $*"
  "${as_root[@]}" apt-get update -q </dev/null
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -q -y --no-install-recommends "$@" </dev/null
}

# Everything that a build needs.
require_build_tools() {
  require_swift
  require_system_packages
}
