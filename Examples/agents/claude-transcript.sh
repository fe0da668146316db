#!/usr/bin/env bash
# A transcript of Claude Code: an edit, a push that the user refused, a sub-agent that searches.

source "$(dirname "$0")/../lib.sh"
replay claude-transcript.jsonl "cat ~/.claude/projects/shop/claude-transcript-1.jsonl"
