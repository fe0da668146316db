internal import MCPEvents

/// Reads Claude Code's stream and its transcripts, and the streams of agents that imitate it.
///
/// Both carry the same messages in different envelopes, so that they share what is remembered.
struct ClaudeAdapter: StreamAdapter {
  private static let memoryLimit = 4096

  /// The session of the last line that named one.
  var currentSession: String?
  /// Which agents the sessions are of, where it is not Claude Code.
  private var agents: [String: Agent] = [:]
  /// The sub-agents that calls started, by the calls' ids.
  private var subagents: [String: String] = [:]
  /// The calls that started work in the background, by the work's ids.
  private var tasks: [String: String] = [:]
  /// The names of the MCP servers, as they stand in the names of tools.
  var servers: [String] = []

  mutating func read(_ line: JSONValue, _ context: LineContext) -> [Observation] {
    if let session = line.text("session_id") ?? line.text("sessionId") { currentSession = session }
    return context.format == .claudeTranscript
      ? readTranscript(line, context) : readStream(line, context)
  }

  /// The agent whose session is the current one.
  var agent: Agent {
    guard let currentSession else { return .claude }
    if let known = agents[currentSession] { return known }
    return currentSession.hasPrefix("T-") ? .amp : .claude
  }

  /// The sub-agent that the call `callID` started.
  func subagent(startedBy callID: String) -> String { subagents[callID] ?? callID }

  /// Remembers which sub-agent a call started.
  mutating func remember(subagent: String, startedBy callID: String) {
    if subagents.count >= Self.memoryLimit { subagents.removeAll() }
    subagents[callID] = subagent
  }

  /// Whether it is known which sub-agent the call started.
  func knowsSubagent(startedBy callID: String) -> Bool { subagents[callID] != nil }

  /// The call that started work in the background.
  func call(startingTask task: String) -> String? { tasks[task] }

  /// Remembers which work in the background a call started.
  mutating func remember(task: String, startedBy callID: String) {
    if tasks.count >= Self.memoryLimit { tasks.removeAll() }
    tasks[task] = callID
  }

  /// Remembers that a session is not one of Claude Code.
  mutating func remember(_ agent: Agent, session: String) {
    if agents.count >= Self.memoryLimit { agents.removeAll() }
    agents[session] = agent
  }
}
