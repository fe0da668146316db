#!/usr/bin/env bash
# Amp's stream: an MCP call, a command that fails.

source "$(dirname "$0")/../lib.sh"
replay amp.jsonl "amp -x 'Fix issue 41' --stream-json"
