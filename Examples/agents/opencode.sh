#!/usr/bin/env bash
# opencode's stream: a file, a command that fails, a file that is not there.

source "$(dirname "$0")/../lib.sh"
replay opencode.jsonl "opencode run --format json 'Fix issue 41'"
