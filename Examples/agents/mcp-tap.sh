#!/usr/bin/env bash
# MCP traffic: the tap stands between a client and a server, here one that answers from a file.

source "$(dirname "$0")/../lib.sh"

cd "$examples/agents"
server="./mcp-tap-server.sh mcp-tap-server.jsonl"
show "cat mcp-tap.jsonl | mcp-sidecar tap --instance work-41 -- $server"
show_calls
