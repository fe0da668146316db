#!/usr/bin/env bash
# Records what four agents did, asks what failed and who spawned whom, and exports an archive.
#
#   Examples/record-query-export.sh
#   MCP_BIN=/usr/local/bin Examples/record-query-export.sh

source "$(dirname "$0")/lib.sh"

cp "$examples/four-agents.jsonl" "$folder"
cd "$folder"

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
