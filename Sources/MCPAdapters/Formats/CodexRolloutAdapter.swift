internal import MCPEvents

/// Reads Codex' session files, and what it printed before autumn 2025.
///
/// A file records a call up to three times: as an item (A), as an event (B), and as what the model
/// asked and was told (C). A comes before the end of C, and says more.
struct CodexRolloutAdapter: StreamAdapter {
  /// The records of very old files, which stand without an envelope.
  static let flatTypes: Set<String> = [
    "function_call", "function_call_output", "custom_tool_call", "custom_tool_call_output",
    "local_shell_call",
  ]

  /// The thread whose file it is.
  private(set) var thread: String?
  /// The thread from which it was forked, or that started it.
  private var origin: String?
  private(set) var commit: String?
  private(set) var directory: String?
  /// Calls of scripts whose own calls may be recorded as items.
  var scripts: [CallName] = []
  /// Scripts whose own calls are recorded as items.
  var replacedScripts: Set<CallName> = []
  var hasScriptItems = false
  private var tokens: Members?

  mutating func read(_ line: JSONValue, _ context: LineContext) -> [Observation] {
    let time = EventTime(line["timestamp"])
    if context.format == .codexProto {
      return line["msg"].map { readEvent($0, time, context) } ?? []
    }
    guard let payload = line.object("payload") else { return readFlat(line, time, context) }
    return switch line.text("type") {
    case "session_meta": readStart(payload)
    case "turn_context": readTurn(payload)
    case "event_msg": readEvent(payload, time, context)
    case "response_item": readResponseItem(payload, time, context)
    default: []
    }
  }

  private mutating func readFlat(
    _ line: JSONValue,
    _ time: EventTime?,
    _ context: LineContext
  ) -> [Observation] {
    if let type = line.text("type") {
      return Self.flatTypes.contains(type) ? readResponseItem(line, time, context) : []
    }
    return readStart(line)
  }

  /// What all records of calls say.
  func facts(_ id: String, _ time: EventTime?, thread other: String? = nil) -> CallFacts {
    let session = other ?? thread
    var facts = CallFacts(CallName(.codex, session: session, id: id))
    facts.session = session
    facts.time = time
    facts.gitCommitHash = commit
    facts.details.set("cwd", directory)
    return facts
  }

  // MARK: The thread

  private mutating func readStart(_ payload: JSONValue) -> [Observation] {
    guard let id = payload.text("id") else { return [] }
    // The beginning of a forked file is a copy of the other thread's, its start included.
    if thread != nil, id == origin || id == thread { return [] }
    thread = id
    origin = payload.text("forked_from_id") ?? payload.text("parent_thread_id")
    commit = payload["git"]?.text("commit_hash")
    directory = payload.text("cwd")
    (scripts, hasScriptItems, tokens) = ([], false, nil)
    var note = InstanceNote(.codex, session: thread)
    note.parent = payload.text("parent_thread_id")
    note.directory = directory
    note.branch = payload["git"]?.text("branch")
    note.repository = payload["git"]?.text("repository_url").flatMap(RepositoryName.init)?.text
    note.createdAt = EventTime(payload["timestamp"])?.unixTime
    note.metadata.set("agent_version", payload.text("cli_version"))
    note.metadata.set("forked_from", payload.text("forked_from_id"))
    var start = Lifecycle(.codex, session: thread, .started)
    start.mark = "thread"
    start.time = EventTime(payload["timestamp"])
    start.details.set("cwd", directory)
    return [.instance(note), .lifecycle(start)]
  }

  private mutating func readTurn(_ payload: JSONValue) -> [Observation] {
    directory = payload.text("cwd") ?? directory
    guard thread != nil, let model = payload.text("model") else { return [] }
    var note = InstanceNote(.codex, session: thread)
    note.model = model
    return [.instance(note)]
  }

  // MARK: Events that are no calls

  mutating func readTurnEvent(_ type: String, _ payload: JSONValue) -> [Observation] {
    switch type {
    case "token_count":
      guard let usage = payload["info"]?.object("total_token_usage") else { return [] }
      tokens = Members()
      tokens?.set("tokens", usage)
      return []
    case "task_complete", "turn_complete", "turn_aborted":
      var note = InstanceNote(.codex, session: thread)
      note.metadata = tokens ?? Members()
      let isKnown = thread != nil && !note.metadata.isEmpty
      return [.abandon(Abandonment(agent: .codex, session: thread))]
        + (isKnown ? [.instance(note)] : [])
    default: return []
    }
  }
}

/// The owner and the name of a repository.
struct RepositoryName {
  let text: String

  /// Takes them from `https://host/owner/name.git` or `git@host:owner/name.git`.
  init?(_ address: String) {
    let plain = address.hasSuffix(".git") ? String(address.dropLast(4)) : address
    let parts = plain.split { $0 == "/" || $0 == ":" }
    guard parts.count >= 3, let name = parts.last else { return nil }
    text = "\(parts[parts.count - 2])/\(name)"
  }
}
