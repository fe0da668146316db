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
  /// When the thread began.
  private var began: EventTime?
  /// The threads of which the file begins with a copy.
  private var origins: Set<String> = []
  private(set) var commit: String?
  private(set) var directory: String?
  /// Calls of scripts whose own calls may be recorded as items.
  var scripts: [CallName] = []
  /// Scripts whose own calls are recorded as items.
  var replacedScripts: Set<CallName> = []
  var hasScriptItems = false
  /// How many searches of the file are recorded as items or events and not as what the model
  /// asked, or the other way round: these have no id by which to know them again.
  var unmatchedSearches = 0
  private var tokens: Members?
  /// Whether the last turn is over.
  private var isIdle = false

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
    let time = EventTime(payload["timestamp"])
    let sources = ["forked_from_id", "parent_thread_id"].compactMap { payload.text($0) }
    if isCopied(id, time) {
      origins.formUnion(sources)
      return []
    }
    (thread, began, origins) = (id, time, Set(sources))
    commit = payload["git"]?.text("commit_hash")
    directory = payload.text("cwd")
    (scripts, hasScriptItems, tokens, unmatchedSearches) = ([], false, nil, 0)
    var note = InstanceNote(.codex, session: thread)
    note.parent = payload.text("parent_thread_id")
    note.directory = directory
    note.branch = payload["git"]?.text("branch")
    note.repository = payload["git"]?.text("repository_url").flatMap(RepositoryName.init)?.text
    note.time = time
    note.metadata.set("agent_version", payload.text("cli_version"))
    note.metadata.set("forked_from", payload.text("forked_from_id"))
    var start = Lifecycle(.codex, session: thread, .started)
    start.mark = "thread"
    start.time = time
    start.details.set("cwd", directory)
    return [.instance(note), .lifecycle(start)]
  }

  /// Whether a start was copied from another thread's file: what a file of a fork begins with.
  private func isCopied(_ id: String, _ time: EventTime?) -> Bool {
    guard let thread else { return false }
    if id == thread || origins.contains(id) { return true }
    // Sessions may stand one behind the other, the newest first.
    guard !origins.isEmpty, let time, let began else { return false }
    return time < began
  }

  private mutating func readTurn(_ payload: JSONValue) -> [Observation] {
    directory = payload.text("cwd") ?? directory
    guard thread != nil, let model = payload.text("model") else { return [] }
    var note = InstanceNote(.codex, session: thread)
    note.model = model
    return [.instance(note)]
  }

  // MARK: Events that are no calls

  mutating func readTurnEvent(
    _ type: String,
    _ payload: JSONValue,
    _ time: EventTime?
  ) -> [Observation] {
    switch type {
    case "token_count":
      guard let usage = payload["info"]?.object("total_token_usage") else { return [] }
      tokens = Members()
      tokens?.set("tokens", usage)
      return []
    case "task_started", "turn_started":
      defer { isIdle = false }
      return isIdle ? [.lifecycle(turn(.started, payload, time))] : []
    case "task_complete", "turn_complete", "turn_aborted":
      isIdle = true
      return turnEnd(type, payload, time)
    default: return []
    }
  }

  private func turnEnd(
    _ type: String,
    _ payload: JSONValue,
    _ time: EventTime?
  ) -> [Observation] {
    var note = InstanceNote(.codex, session: thread)
    note.metadata = tokens ?? Members()
    note.time = time
    var end = turn(.terminated, payload, time)
    end.duration = payload.milliseconds("duration_ms")
    if type == "turn_aborted" {
      end.outcome = .cancelled
      end.errorMessage = PlainText.message(payload.text("reason"))
    }
    let isKnown = thread != nil && !note.metadata.isEmpty
    return [.abandon(Abandonment(agent: .codex, session: thread))]
      + (isKnown ? [.instance(note)] : []) + [.lifecycle(end)]
  }

  private func turn(
    _ change: InstanceStatus,
    _ payload: JSONValue,
    _ time: EventTime?
  ) -> Lifecycle {
    var lifecycle = Lifecycle(.codex, session: thread, change)
    lifecycle.mark = payload.text("turn_id")
    lifecycle.time = time
    return lifecycle
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
