#!/usr/bin/env bash
# Codex's stream: a command that fails, a change, an MCP call, a second agent.

source "$(dirname "$0")/../lib.sh"
replay codex-exec.jsonl "codex exec --json 'Fix issue 41'"
