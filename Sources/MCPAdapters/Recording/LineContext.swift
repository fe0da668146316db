internal import MCPEvents

/// What an adapter knows of the line that it reads, besides its text.
struct LineContext: Sendable {
  let format: StreamFormat
  let capture: Capture
  /// The name that the user gave the server of an MCP stream.
  let serverName: String?
}

/// Reads the lines of one format.
///
/// An adapter is a pure state machine: it remembers what later lines leave out, and says what each
/// line means. It keeps no calls.
protocol StreamAdapter: Sendable {
  /// What `line` says; nothing when it says nothing of calls, sessions or sub-agents.
  mutating func read(_ line: JSONValue, _ context: LineContext) -> [Observation]
}
