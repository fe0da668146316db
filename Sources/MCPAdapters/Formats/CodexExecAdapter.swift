internal import MCPEvents

/// Reads `codex exec --json`.
///
/// Its items are numbered anew in each process, also when it resumes a thread.
struct CodexExecAdapter: StreamAdapter {
  private var thread: String?

  mutating func read(_ line: JSONValue, _ context: LineContext) -> [Observation] {
    switch line.text("type") {
    case "thread.started":
      thread = line.text("thread_id") ?? thread
      return start
    case "item.started", "item.updated": return item(line, context, isEnd: false)
    case "item.completed": return item(line, context, isEnd: true)
    case "turn.completed": return end(line, error: nil)
    case "turn.failed": return end(line, error: line["error"]?.text("message") ?? "the turn failed")
    default: return []
    }
  }

  // MARK: The thread

  private var start: [Observation] {
    // A thread that is resumed numbers its items anew.
    [
      .abandon(Abandonment(agent: .codex, session: thread, startsAnew: true)),
      .instance(InstanceNote(.codex, session: thread)),
      .lifecycle(Lifecycle(.codex, session: thread, .started)),
    ]
  }

  private func end(_ line: JSONValue, error: String?) -> [Observation] {
    var note = InstanceNote(.codex, session: thread)
    note.metadata.set("tokens", line["usage"])
    var end = Lifecycle(.codex, session: thread, .terminated)
    end.outcome = error == nil ? .ok : .error
    end.errorMessage = PlainText.message(error)
    end.details.set("tokens", line["usage"])
    return [
      .abandon(Abandonment(agent: .codex, session: thread)), .instance(note), .lifecycle(end),
    ]
  }

  // MARK: Items

  /// The items that are calls, besides those whose type says that they are calls of tools.
  private static let callItems: Set<String> = [
    "command_execution", "file_change", "web_search", "image_view", "image_generation", "sleep",
  ]

  private func item(_ line: JSONValue, _ context: LineContext, isEnd: Bool) -> [Observation] {
    guard let item = line.object("item"), let id = item.text("id"), let type = item.text("type"),
      Self.callItems.contains(type) || type.hasSuffix("tool_call")
    else { return [] }
    var facts = CallFacts(CallName(.codex, .stream(thread ?? ""), id))
    facts.session = thread
    facts.tool = Self.tool(of: item, type)
    describe(&facts, item, type, context)
    guard isEnd else { return [.begin(facts)] }
    CodexOutcome.read(item, type, into: &facts, context)
    return [.end(facts)] + children(of: item, facts)
  }

  private static func tool(of item: JSONValue, _ type: String) -> ToolName {
    switch type {
    case "mcp_tool_call":
      .mcp(server: item.text("server") ?? "unknown", tool: item.text("tool") ?? "unknown")
    case "collab_tool_call", "dynamic_tool_call": ToolName(item.text("tool") ?? type)
    default: ToolName(type)
    }
  }

  private func describe(
    _ facts: inout CallFacts,
    _ item: JSONValue,
    _ type: String,
    _ context: LineContext
  ) {
    if let arguments = item["arguments"] {
      facts.take(arguments: arguments, context.capture)
      return
    }
    var arguments = Members()
    for key in Self.argumentKeys { arguments.set(key, item[key]) }
    if !arguments.isEmpty { facts.arguments = context.capture.arguments(arguments.json) }
    facts.paths = TouchedPaths.paths(ofChanges: item["changes"])
  }

  private static let argumentKeys = [
    "command", "changes", "query", "action", "prompt", "receiver_thread_ids", "path",
  ]

  /// The threads that a call started are instances of their own, of which the stream tells no more
  /// than what later calls find out.
  private func children(of item: JSONValue, _ facts: CallFacts) -> [Observation] {
    guard item.text("type") == "collab_tool_call" else { return [] }
    let threads = item["receiver_thread_ids"]?.elements.compactMap(\.string) ?? []
    return threads.prefix(64).flatMap { id in
      item.text("tool") == "spawn_agent"
        ? [child(id, startedBy: facts)] : end(ofChild: id, item["agents_states"]?.object(id))
    }
  }

  private func child(_ id: String, startedBy facts: CallFacts) -> Observation {
    var note = InstanceNote(.codex, session: thread)
    note.child = id
    note.callID = facts.name.id
    return .instance(note)
  }

  private func end(ofChild id: String, _ state: JSONValue?) -> [Observation] {
    let outcomes: [String: Outcome] = [
      "completed": .ok, "shutdown": .ok, "errored": .error, "interrupted": .cancelled,
    ]
    guard let state, let outcome = outcomes[state.text("status") ?? ""] else { return [] }
    var end = Lifecycle(.codex, session: thread, .terminated)
    end.child = id
    end.mark = id
    end.outcome = outcome
    if outcome != .ok { end.errorMessage = PlainText.message(state.text("message")) }
    return [.lifecycle(end)]
  }
}
