internal import MCPEvents

extension CodexRolloutAdapter {
  /// What an event says: items (A), and the ends of calls as older versions have them (B).
  mutating func readEvent(
    _ payload: JSONValue,
    _ time: EventTime?,
    _ context: LineContext
  ) -> [Observation] {
    guard let type = payload.text("type") else { return [] }
    switch type {
    case "item_started", "item_completed": return readItem(type, payload, time, context)
    case "mcp_tool_call_begin", "mcp_tool_call_end", "exec_command_begin", "exec_command_end",
      "patch_apply_begin", "patch_apply_end", "web_search_begin", "web_search_end":
      return readOldEvent(type, payload, time, context)
    default: return readTurnEvent(type, payload, time)
    }
  }

  // MARK: Items

  private mutating func readItem(
    _ event: String,
    _ payload: JSONValue,
    _ time: EventTime?,
    _ context: LineContext
  ) -> [Observation] {
    guard let item = payload.object("item"), let id = item.text("id"),
      let type = item.text("type"), let tool = Self.tool(of: item, type)
    else { return [] }
    let ended = EventTime(payload["completed_at_ms"]) ?? time
    var facts = facts(id, ended, thread: payload.text("thread_id"))
    facts.tool = tool
    facts.began = EventTime(payload["started_at_ms"])
    facts.details.set("turn_id", payload.text("turn_id"))
    describe(&facts, item, context)
    let replaced = id.hasPrefix("exec-") ? forgetScripts() : []
    guard event == "item_completed" else {
      facts.time = facts.began ?? time
      return replaced + [.begin(facts)]
    }
    facts.duration = Self.duration(of: item, type, facts)
    CodexOutcome.read(item, type, into: &facts, context)
    if type == "WebSearch", isSearchRecorded() { return [.forget(facts.name)] }
    return replaced + [.end(facts)] + children(of: item, facts)
  }

  /// Of a command that goes on in a session of its own, the item may tell of its first part only.
  private static func duration(
    of item: JSONValue,
    _ type: String,
    _ facts: CallFacts
  ) -> Int64? {
    let stated = item["duration"]?.secondsAndNanoseconds
    guard type == "CommandExecution", let stated, let began = facts.began, let ended = facts.time
    else { return stated }
    return max(stated, ended.microseconds - began.microseconds)
  }

  /// The items that are calls, named as the stream names them.
  private static func tool(of item: JSONValue, _ type: String) -> ToolName? {
    switch type {
    case "McpToolCall":
      .mcp(server: item.text("server") ?? "unknown", tool: item.text("tool") ?? "unknown")
    case "CommandExecution": ToolName("command_execution")
    case "FileChange": ToolName("file_change")
    case "WebSearch": ToolName("web_search")
    case "ImageView": ToolName("image_view")
    case "ImageGeneration": ToolName("image_generation")
    case "Sleep": ToolName("sleep")
    case "DynamicToolCall", "CollabAgentToolCall":
      item.text("tool").map { tool in
        item.text("namespace").map { ToolName("\($0).\(tool)") } ?? ToolName(tool)
      } ?? ToolName(type)
    default: nil
    }
  }

  private func describe(_ facts: inout CallFacts, _ item: JSONValue, _ context: LineContext) {
    if let directory = item.text("cwd") {
      let path = directory.hasPrefix("file://") ? String(directory.dropFirst(7)) : directory
      facts.details.set("cwd", path)
    }
    if let arguments = item["arguments"] {
      facts.take(arguments: arguments, context.capture)
      return
    }
    var arguments = Members()
    for key in ["command", "changes", "query", "action", "prompt", "path", "receiver_thread_ids"] {
      arguments.set(key, item[key])
    }
    if !arguments.isEmpty { facts.arguments = context.capture.arguments(arguments.json) }
    facts.paths = TouchedPaths.paths(ofChanges: item["changes"])
    if let path = item.text("path"), !facts.paths.contains(path) { facts.paths.append(path) }
  }

  private func children(of item: JSONValue, _ facts: CallFacts) -> [Observation] {
    guard item.text("type") == "CollabAgentToolCall",
      ["spawn_agent", "spawnAgent"].contains(item.text("tool"))
    else { return [] }
    let threads = item["receiver_thread_ids"] ?? item["receiverThreadIds"]
    return (threads?.elements.compactMap(\.string) ?? []).prefix(64).map { id in
      var note = InstanceNote(.codex, session: facts.session)
      note.child = id
      note.time = facts.began ?? facts.time
      note.callID = facts.name.id
      return .instance(note)
    }
  }

  /// A script's calls are recorded as items, so that the script is none of its own.
  private mutating func forgetScripts() -> [Observation] {
    hasScriptItems = true
    defer { scripts.removeAll() }
    for name in scripts { replace(script: name) }
    return scripts.map(Observation.forget)
  }

  // MARK: Older versions

  /// Counts a search that is recorded as an item or an event.
  ///
  /// - Returns: Whether it was recorded before, as what the model asked.
  private mutating func isSearchRecorded() -> Bool {
    defer { unmatchedSearches += 1 }
    return unmatchedSearches < 0
  }

  private mutating func readOldEvent(
    _ type: String,
    _ payload: JSONValue,
    _ time: EventTime?,
    _ context: LineContext
  ) -> [Observation] {
    guard let id = payload.text("call_id") else { return [] }
    var facts = facts(id, time)
    let invocation = payload["invocation"]
    if let server = invocation?.text("server"), let tool = invocation?.text("tool") {
      facts.tool = .mcp(server: server, tool: tool)
      facts.take(arguments: invocation?["arguments"], context.capture)
    } else {
      facts.tool = ToolName(Self.oldNames[type] ?? type)
      describe(&facts, payload, context)
    }
    guard type.hasSuffix("_end") else { return [.begin(facts)] }
    facts.duration = payload["duration"]?.secondsAndNanoseconds
    facts.exitCode = payload.integer("exit_code")
    if let result = payload.object("result") {
      readResult(result, into: &facts, context)
    } else {
      readExit(payload, into: &facts, context)
    }
    if type == "web_search_end", isSearchRecorded() { return [.forget(facts.name)] }
    return [.end(facts)]
  }

  private static let oldNames = [
    "exec_command_begin": "command_execution", "exec_command_end": "command_execution",
    "patch_apply_begin": "file_change", "patch_apply_end": "file_change",
    "web_search_begin": "web_search", "web_search_end": "web_search",
  ]

  private func readResult(
    _ result: JSONValue,
    into facts: inout CallFacts,
    _ context: LineContext
  ) {
    if let error = result.present("Err") {
      facts.outcome = .error
      facts.fail(error.string, ContentText.text(of: error))
      return
    }
    let value = result["Ok"] ?? result
    facts.outcome = value["isError"]?.bool == true || value["is_error"]?.bool == true ? .error : .ok
    facts.result = context.capture.result(value)
    if facts.outcome == .error {
      facts.errorType = "tool_error"
      facts.fail(ContentText.text(of: value))
    }
  }

  private func readExit(
    _ payload: JSONValue,
    into facts: inout CallFacts,
    _ context: LineContext
  ) {
    let output = payload.text("aggregated_output") ?? payload.text("stdout") ?? ""
    let errors = payload.text("stderr") ?? ""
    facts.result = context.capture.result(output.isEmpty ? errors : output)
    if payload.text("status") == "declined" {
      facts.outcome = .denied
      facts.fail(errors, output, "declined")
    } else if let code = facts.exitCode {
      facts.outcome = code == 0 ? .ok : .error
      if code != 0 { facts.fail(CodexOutcome.exit(code, output: errors.isEmpty ? output : errors)) }
    } else {
      facts.outcome = payload["success"]?.bool == false ? .error : .ok
      if facts.outcome == .error { facts.fail(errors, output, "failed") }
    }
  }
}
