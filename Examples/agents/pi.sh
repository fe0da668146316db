#!/usr/bin/env bash
# Pi's stream: a file, a command that fails.

source "$(dirname "$0")/../lib.sh"
replay pi.jsonl "pi --mode json 'Fix issue 41'"
