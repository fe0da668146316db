#!/usr/bin/env bash
# A session of Codex's on disk: an MCP call, a command that fails, a tool that does not exist.

source "$(dirname "$0")/../lib.sh"
replay codex-rollout.jsonl "cat ~/.codex/sessions/2026/11/02/rollout-codex-rollout-1.jsonl"
