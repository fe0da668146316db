#!/usr/bin/env bash
# Gemini CLI's stream: an MCP call, a replacement, a command that fails.

source "$(dirname "$0")/../lib.sh"
replay gemini.jsonl "gemini --output-format stream-json -p 'Fix issue 41'"
