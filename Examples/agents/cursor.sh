#!/usr/bin/env bash
# Cursor's stream: an MCP call, an edit, a command that the user refused.

source "$(dirname "$0")/../lib.sh"
replay cursor.jsonl "cursor-agent -p --output-format stream-json 'Fix issue 41'"
