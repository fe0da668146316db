#!/usr/bin/env bash
# Hooks of Claude Code, as 'mcp-sidecar setup' installs them: each payload has its own process.

source "$(dirname "$0")/../lib.sh"

cd "$examples/agents"
show "mcp-sidecar </dev/null"
show 'while read -r payload; do mcp-sidecar hook <<<"$payload"; done <hooks.jsonl'
show_calls
