#!/usr/bin/env bash
# Copilot CLI's stream: an MCP call, a sub-agent, an edit that fails.

source "$(dirname "$0")/../lib.sh"
replay copilot.jsonl "copilot -p 'Fix issue 41' --output-format json"
