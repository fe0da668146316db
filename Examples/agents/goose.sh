#!/usr/bin/env bash
# goose's stream: a call of an extension, a command that fails.

source "$(dirname "$0")/../lib.sh"
replay goose.jsonl "goose run --output-format stream-json -t 'Fix issue 41'"
