# What the examples share: the programs, and a folder with a database that is removed at the end.

set -eu

examples=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

# The programs: from MCP_BIN, else as this package built them.
binaries=${MCP_BIN:-$examples/../.build/release}
[ -x "$binaries/mcp-sidecar" ] || binaries=${MCP_BIN:-$examples/../.build/debug}
if [ ! -x "$binaries/mcp-sidecar" ] || [ ! -x "$binaries/mcp-query" ]; then
  echo "Error: no mcp-sidecar and mcp-query in $binaries; run Tools/demo, or set MCP_BIN" >&2
  exit 1
fi
PATH=$(cd "$binaries" && pwd):$PATH

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export MCP_SIDECAR_DB=$folder/events.db
unset MCP_SIDECAR_INSTANCE

# Shows a command and runs it.
show() {
  printf '\n$ %s\n' "$1"
  eval "$1"
}

# Shows what was recorded.
show_calls() {
  show "mcp-query events -o table --columns instance_id,tool_name,outcome,error_message"
  show "mcp-query tree"
}

# replay STREAM COMMAND: records a stream as if COMMAND were printing it, and shows what came of it.
replay() {
  cd "$examples/agents"
  echo "# $2 | mcp-sidecar"
  show "cat $1 | mcp-sidecar --label example=$1"
  show_calls
}
