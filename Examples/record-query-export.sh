#!/usr/bin/env bash
# Records what four agents did, asks what failed and who spawned whom, and exports an archive.
#
#   Examples/record-query-export.sh
#   MCP_BIN=/usr/local/bin Examples/record-query-export.sh

set -eu

examples=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# The programs: from MCP_BIN, else as this package built them.
binaries=${MCP_BIN:-$examples/../.build/release}
[ -x "$binaries/mcp-sidecar" ] || binaries=${MCP_BIN:-$examples/../.build/debug}
if [ ! -x "$binaries/mcp-sidecar" ] || [ ! -x "$binaries/mcp-query" ]; then
  echo "Error: no mcp-sidecar and mcp-query in $binaries; run Tools/demo, or set MCP_BIN" >&2
  exit 1
fi
PATH=$(cd "$binaries" && pwd):$PATH

# Shows a command and runs it.
show() {
  printf '\n$ %s\n' "$1"
  eval "$1"
}

cp "$examples/four-agents.jsonl" "$folder"
cd "$folder"
export MCP_SIDECAR_DB=events.db
unset MCP_SIDECAR_INSTANCE

echo "1. Record: JSON lines from a pipe go into one SQLite file"
show "cat four-agents.jsonl | mcp-sidecar --db events.db"

printf '\n2. Query: what failed, who worked, who spawned whom\n'
show "mcp-query events --failed -o table"
show "mcp-query instances -o table"
show "mcp-query relationships -o table"

printf '\n3. Export: an archive for somebody who was not there\n'
show "mcp-query export --to audit.jsonl.gz"
show "zcat audit.jsonl.gz | head -n 3"
show "zcat audit.jsonl.gz | wc -l"
