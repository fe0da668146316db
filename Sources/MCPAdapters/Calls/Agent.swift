/// The family of programs that a line comes from: the first part of its events' uids.
enum Agent: String, Hashable, Sendable {
  case claude, codex, gemini, cursor, opencode, copilot, goose, pi, amp
  /// A client of MCP servers that does not say which agent it is.
  case mcp
}
