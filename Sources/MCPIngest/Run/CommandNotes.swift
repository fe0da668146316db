internal import MCPEvents
internal import MCPStore
internal import MCPSystem

/// What is recorded of a command besides its output, as lines of the line protocol.
struct CommandNotes: Sendable {
  let instance: String
  let parent: String?
  /// The words of the command.
  let words: [String]
  let processID: Int32
  let startedAt: UnixTime
  var name: String?
  var surroundings = Surroundings()
  var tmuxSession: String?

  /// The programs that are known as agents, and what their instances call them.
  private static let agents = [
    "claude": "claude", "codex": "codex", "gemini": "gemini", "cursor-agent": "cursor",
    "opencode": "opencode", "copilot": "copilot", "goose": "goose", "pi": "pi", "amp": "amp",
  ]

  /// The lines that say that it has started.
  ///
  /// The event comes first: an instance that is made for it began when it did.
  var opening: [String] {
    var lines = [started, instanceLine]
    if let parent { lines.append(relationship(with: parent)) }
    return lines
  }

  private var started: String {
    let words = words.map { JSONText.quoted($0) }.joined(separator: ",")
    let metadata = "{\"command\":[\(words)],\"pid\":\(processID)}"
    return event(.started, at: startedAt, "\"outcome\":\"ok\"", metadata)
  }

  private var instanceLine: String {
    var members = ["\"kind\":\"instance\"", "\"id\":" + JSONText.quoted(instance)]
    let texts = [
      ("name", name), ("agent", agent), ("parent_instance_id", parent),
      ("tmux_session", tmuxSession), ("worktree_path", surroundings.worktreePath),
      ("branch_name", surroundings.branchName), ("repo", surroundings.repository),
      ("host", surroundings.host), ("os_user", surroundings.user),
    ]
    for case (let column, let text?) in texts {
      members.append("\"\(column)\":" + JSONText.quoted(text))
    }
    members.append("\"claude_pid\":\(processID)")
    return "{" + members.joined(separator: ",") + "}"
  }

  private var agent: String? {
    words.first.flatMap { Self.agents[FileSystem.lastComponent(of: $0)] }
  }

  private func relationship(with parent: String) -> String {
    """
    {"kind":"relationship","parent_instance":\(JSONText.quoted(parent)),\
    "child_instance":\(JSONText.quoted(instance)),\
    "relationship_type":"\(RelationshipType.spawnedSubagent.rawValue)",\
    "created_at":\(startedAt.milliseconds)}
    """
  }

  /// The line that says how it ended.
  ///
  /// - Parameters:
  ///   - ending: How it ended.
  ///   - duration: How long it took.
  ///   - time: When it ended.
  /// - Returns: The line.
  func ended(
    _ ending: ProcessEnding,
    after duration: Duration,
    at time: UnixTime
  ) -> String {
    var metadata = "{\"exit_status\":\(ending.exitStatus)"
    if case .killed(let signal) = ending { metadata += ",\"signal\":\"\(signal.name)\"" }
    var facts = "\"outcome\":\"\(ending.outcome.rawValue)\""
    if let message = ending.message { facts += ",\"error_message\":" + JSONText.quoted(message) }
    facts += ",\"duration_us\":\(duration.microseconds)"
    return event(.terminated, at: max(time, startedAt), facts, metadata + "}")
  }

  private func event(
    _ status: InstanceStatus,
    at time: UnixTime,
    _ facts: String,
    _ metadata: String
  ) -> String {
    let host = surroundings.host ?? "localhost"
    let uid = "run:\(host):\(startedAt.milliseconds)-\(processID):\(status.rawValue)"
    return """
      {"instance_id":\(JSONText.quoted(instance)),"tool_name":"status_update",\(facts),\
      "status_change":"\(status.rawValue)","is_status_updating":true,\
      "timestamp":\(time.milliseconds),"metadata":\(metadata),"source_format":"run",\
      "event_uid":\(JSONText.quoted(uid))}
      """
  }
}

extension ProcessEnding {
  fileprivate var outcome: Outcome {
    switch self {
    case .exited(0): .ok
    case .exited: .error
    case .killed(let signal):
      [.hangUp, .interrupt, .quit, .terminate].contains(signal) ? .cancelled : .error
    }
  }

  fileprivate var message: String? {
    switch self {
    case .exited(0): nil
    case .exited(let status): "the command ended with status \(status)"
    case .killed(let signal): "the command was ended by \(signal.name)"
    }
  }
}

extension Duration {
  /// The whole microseconds in it.
  var microseconds: Int64 {
    components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000
  }
}
