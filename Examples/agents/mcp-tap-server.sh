#!/usr/bin/env bash
# An MCP server that answers each request with the next line of a file.
#
#   ./mcp-tap-server.sh ANSWERS

exec 3<"$1"
while IFS= read -r message; do
  case $message in
    *'"id":'*) IFS= read -r answer <&3 && printf '%s\n' "$answer" ;;
  esac
done
