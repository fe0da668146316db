internal import MCPEvents

extension ClaudeAdapter {
  /// What a line of a stream says.
  mutating func readStream(_ line: JSONValue, _ context: LineContext) -> [Observation] {
    switch line.text("type") {
    case "system": readSystem(line)
    case "assistant", "user": readMessage(line, envelope: streamEnvelope(line), context)
    case "result": readResult(line, context)
    default: []
    }
  }

  private mutating func streamEnvelope(_ line: JSONValue) -> ClaudeEnvelope {
    var envelope = ClaudeEnvelope(agent: agent, session: currentSession)
    envelope.time = EventTime(line["timestamp"])
    envelope.parentCallID = line.text("parent_tool_use_id")
    if let callID = envelope.parentCallID {
      if !knowsSubagent(startedBy: callID) { remember(subagent: callID, startedBy: callID) }
      envelope.agentID = subagent(startedBy: callID)
    }
    envelope.requestID = line.text("request_id")
    envelope.toolResult = line["tool_use_result"]
    envelope.isReplay = line["isReplay"]?.bool == true
    return envelope
  }

  // MARK: System lines

  private mutating func readSystem(_ line: JSONValue) -> [Observation] {
    switch line.text("subtype") {
    case "init": readStart(line)
    case "permission_denied": readDenial(line)
    case "task_started": readTaskStart(line)
    case "task_notification", "task_updated": readTaskEnd(line)
    default: []
    }
  }

  private mutating func readStart(_ line: JSONValue) -> [Observation] {
    let isCursor =
      line["claude_code_version"] == nil && line["uuid"] == nil && line["tools"] == nil
      && line["apiKeySource"] != nil
    if isCursor, let currentSession { remember(.cursor, session: currentSession) }
    let names = line["mcp_servers"]?.elements.compactMap { $0.text("name") } ?? []
    servers = names.prefix(256).map(Self.normalized)
    var note = InstanceNote(agent, session: currentSession)
    note.model = line.text("model")
    note.directory = line.text("cwd")
    note.metadata.set("agent_version", line.text("claude_code_version"))
    note.metadata.set("permission_mode", line.text("permissionMode"))
    var start = Lifecycle(agent, session: currentSession, .started)
    start.mark = line.text("uuid")
    start.time = EventTime(line["timestamp"])
    start.details.set("cwd", note.directory)
    start.details.set("model", note.model)
    start.details.set("mcp_servers", line["mcp_servers"])
    start.details.set("mcp_server_errors", line["mcp_server_errors"])
    return [.instance(note), .lifecycle(start)]
  }

  /// A server's name as it stands in the names of its tools.
  private static func normalized(_ name: String) -> String {
    let bytes = name.utf8.map { byte in
      byte.isLetterOrDigit || byte == UInt8(ascii: "-") ? byte : UInt8(ascii: "_")
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func readDenial(_ line: JSONValue) -> [Observation] {
    guard let id = line.text("tool_use_id") else { return [] }
    var facts = CallFacts(CallName(agent, session: currentSession, id: id))
    facts.session = currentSession
    facts.fail(line.text("message"), line.text("decision_reason"))
    facts.details.set("denied_by", line.text("decision_reason_type"))
    return [.denial(facts)]
  }

  // MARK: Sub-agents and work in the background

  private mutating func readTaskStart(_ line: JSONValue) -> [Observation] {
    guard let callID = line.text("tool_use_id"), let task = line.text("task_id") else { return [] }
    remember(task: task, startedBy: callID)
    guard line.text("task_type").map({ $0.hasSuffix("agent") }) ?? (line["subagent_type"] != nil)
    else { return [] }
    remember(subagent: task, startedBy: callID)
    var note = InstanceNote(agent, session: currentSession, agentID: task)
    note.callID = callID
    note.metadata.set("agent_type", line.text("subagent_type"))
    note.metadata.set("description", line.text("description"))
    var start = Lifecycle(agent, session: currentSession, agentID: task, .started)
    start.details.set("agent_type", line.text("subagent_type"))
    return [.instance(note), .lifecycle(start)]
  }

  /// Work ends, and the line may name the call that started it, or only the work.
  private func readTaskEnd(_ line: JSONValue) -> [Observation] {
    let status = line.text("status") ?? line["patch"]?.text("status")
    guard let status, let outcome = Self.taskOutcomes[status] else { return [] }
    let starter = line.text("tool_use_id") ?? line.text("task_id").flatMap(call(startingTask:))
    guard let callID = starter else { return [] }
    if knowsSubagent(startedBy: callID) {
      var end = Lifecycle(
        agent,
        session: currentSession,
        agentID: subagent(startedBy: callID),
        .terminated
      )
      end.outcome = outcome
      end.duration = line["usage"]?.milliseconds("duration_ms")
      end.details.set("usage", line["usage"])
      return [.lifecycle(end)]
    }
    guard outcome != .ok else { return [] }
    var facts = CallFacts(CallName(agent, session: currentSession, id: callID))
    facts.session = currentSession
    facts.outcome = outcome
    facts.fail(line.text("summary"), "the task was \(status)")
    return [.late(facts)]
  }

  private static let taskOutcomes: [String: Outcome] = [
    "completed": .ok, "failed": .error, "error": .error, "killed": .cancelled,
    "stopped": .cancelled, "cancelled": .cancelled,
  ]

  // MARK: The result of a turn

  private func readResult(_ line: JSONValue, _ context: LineContext) -> [Observation] {
    let denials = line["permission_denials"]?.elements.prefix(1024).map { $0 } ?? []
    var observations = denials.compactMap { denial($0, context) }
    observations.append(.abandon(Abandonment(agent: agent, session: currentSession)))
    observations.append(.instance(note(ofResult: line, context)))
    observations.append(.lifecycle(lifecycle(ofResult: line)))
    return observations
  }

  /// A call that was not allowed, as the list of them at the end of a turn has it; imitators list
  /// texts.
  private func denial(_ item: JSONValue, _ context: LineContext) -> Observation? {
    guard let id = item.text("tool_use_id") ?? item.string else { return nil }
    var facts = CallFacts(CallName(agent, session: currentSession, id: id))
    facts.session = currentSession
    if let name = item.text("tool_name") {
      facts.tool = .doubleUnderscored(name, servers: servers)
      facts.take(arguments: item["tool_input"], context.capture)
      facts.outcome = .denied
      facts.fail("permission was denied")
    }
    return .denial(facts)
  }

  private func note(ofResult line: JSONValue, _ context: LineContext) -> InstanceNote {
    var note = InstanceNote(agent, session: currentSession)
    if context.capture.level != .names, let result = line.text("result") {
      note.metadata.set("result", PlainText.cut(result, to: PlainText.messageLimit))
    }
    note.metadata.set("cost_usd", line["total_cost_usd"])
    note.metadata.set("tokens", line["usage"])
    note.metadata.set("model_usage", line["modelUsage"])
    note.metadata.set("turns", line["num_turns"])
    return note
  }

  private func lifecycle(ofResult line: JSONValue) -> Lifecycle {
    var end = Lifecycle(agent, session: currentSession, .terminated)
    end.mark = line.text("uuid")
    end.time = EventTime(line["timestamp"])
    end.duration = line.milliseconds("duration_ms")
    let subtype = line.text("subtype")
    let isError = line["is_error"]?.bool ?? subtype?.hasPrefix("error") ?? false
    if isError {
      let errors = line["errors"]?.elements.compactMap(\.string).joined(separator: "\n")
      end.outcome = .error
      end.errorMessage =
        PlainText.message(errors) ?? PlainText.message(line.text("error"))
        ?? PlainText.message(line.text("result")) ?? subtype
    }
    end.details.set("subtype", subtype)
    end.details.set("turns", line["num_turns"])
    end.details.set("cost_usd", line["total_cost_usd"])
    let denials = line["permission_denials"]?.elements.reduce(into: Int64(0)) { n, _ in n += 1 }
    if let denials, denials > 0 { end.details.set("permission_denials", denials) }
    return end
  }
}
