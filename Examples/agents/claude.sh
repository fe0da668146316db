#!/usr/bin/env bash
# Claude Code's stream: an MCP call, a sub-agent that reads a file, a test run that fails.

source "$(dirname "$0")/../lib.sh"
replay claude.jsonl "claude -p --output-format stream-json --verbose 'Fix issue 41'"
