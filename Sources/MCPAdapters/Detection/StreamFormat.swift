/// A format of agents' lines.
package enum StreamFormat: String, CaseIterable, Hashable, Sendable {
  /// Claude Code's `--output-format stream-json`, and the agents that imitate it.
  case claudeStream = "claude.stream"
  /// Claude Code's session files.
  case claudeTranscript = "claude.transcript"
  /// What Claude Code, Codex and Gemini give their hook commands.
  case hooks
  /// `codex exec --json`.
  case codexExec = "codex.exec"
  /// Codex' session files.
  case codexRollout = "codex.rollout"
  /// What Codex printed before autumn 2025.
  case codexProto = "codex.proto"
  /// MCP messages as they are on the wire, or in the records of a tap.
  case mcp = "mcp.jsonrpc"
  /// Gemini CLI's `--output-format stream-json`.
  case gemini = "gemini.stream"
  /// Cursor agent's `--output-format stream-json`.
  case cursor = "cursor.stream"
  /// `opencode run --format json`.
  case opencode = "opencode.json"
  /// Copilot CLI's `--output-format json`, and its session files.
  case copilot = "copilot.jsonl"
  /// `goose run --output-format stream-json`.
  case goose = "goose.stream"
  /// `pi --mode json`.
  case pi = "pi.json"
}
