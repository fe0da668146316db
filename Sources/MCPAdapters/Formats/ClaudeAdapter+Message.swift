internal import MCPEvents

/// What stands around a message of Claude Code.
struct ClaudeEnvelope: Sendable {
  let agent: Agent
  let session: String?
  var agentID: String?
  var parentCallID: String?
  var time: EventTime?
  var requestID: String?
  var directory: String?
  /// The result as the tool gave it, before it was made into a message.
  var toolResult: JSONValue?
  var denialKind: String?
  var isReplay = false

  init(agent: Agent, session: String?) {
    self.agent = agent
    self.session = session
  }
}

extension ClaudeAdapter {
  /// What the blocks of a message say: calls and results.
  mutating func readMessage(
    _ line: JSONValue,
    envelope: ClaudeEnvelope,
    _ context: LineContext
  ) -> [Observation] {
    guard let content = line["message"]?["content"], content.kind == .array else { return [] }
    var observations: [Observation] = []
    for block in content.elements {
      guard let type = block.text("type") else { continue }
      if type.hasSuffix("tool_use"), let id = block.text("id") {
        observations.append(.begin(call(block, id, envelope, context)))
      } else if type.hasSuffix("tool_result"), let id = block.text("tool_use_id") {
        observations += result(block, id, envelope, context)
      }
    }
    return observations
  }

  private func facts(_ id: String, _ envelope: ClaudeEnvelope) -> CallFacts {
    var facts = CallFacts(CallName(envelope.agent, session: envelope.session, id: id))
    facts.session = envelope.session
    facts.agentID = envelope.agentID
    facts.parentCallID = envelope.parentCallID
    facts.time = envelope.time
    facts.isReplay = envelope.isReplay
    facts.details.set("cwd", envelope.directory)
    return facts
  }

  private func call(
    _ block: JSONValue,
    _ id: String,
    _ envelope: ClaudeEnvelope,
    _ context: LineContext
  ) -> CallFacts {
    var facts = facts(id, envelope)
    let name = block.text("name") ?? "unknown"
    if let server = block.text("server_name") {
      facts.tool = ToolName(name, server: server, mcpTool: name)
    } else {
      facts.tool = .doubleUnderscored(name, servers: servers)
    }
    facts.take(arguments: block["input"], context.capture)
    facts.details.set("request_id", envelope.requestID)
    return facts
  }

  // MARK: Results

  private mutating func result(
    _ block: JSONValue,
    _ id: String,
    _ envelope: ClaudeEnvelope,
    _ context: LineContext
  ) -> [Observation] {
    var facts = facts(id, envelope)
    let text = ContentText.text(of: block["content"])
    let errorCode = block["content"]?.text("error_code")
    let isError = block["is_error"]?.bool == true || errorCode != nil
    facts.outcome = outcome(isError: isError, text, envelope)
    if isError {
      facts.fail(errorCode, text.map(Self.unwrapped), envelope.toolResult?.string)
      facts.errorType = errorCode
      facts.exitCode = text?.number(after: "Exit code ")
    }
    facts.result = context.capture.result(block["content"])
    if let kind = envelope.denialKind { facts.details.set("denied_by", kind) }
    let details = envelope.toolResult.flatMap { $0.isObject ? $0 : nil }
    if let task = details?.text("backgroundTaskId") {
      facts.details.set("background_task_id", task)
      remember(task: task, startedBy: id)
    }
    facts.duration = details?.milliseconds("totalDurationMs")
    facts.paths = TouchedPaths.paths(in: details)
    return [.end(facts)] + subagentEnd(details, id, envelope)
  }

  private func outcome(isError: Bool, _ text: String?, _ envelope: ClaudeEnvelope) -> Outcome {
    let raw = envelope.toolResult?.string ?? ""
    if envelope.denialKind != nil || raw == "User rejected tool use" { return .denied }
    if envelope.toolResult?["interrupted"]?.bool == true { return .cancelled }
    guard isError else { return .ok }
    let text = text ?? raw
    if text.hasPrefix("The user doesn't want to proceed") { return .denied }
    if text.hasPrefix("[Request interrupted by user") { return .cancelled }
    return text.prefix(utf8: 256).contains("Command timed out after") ? .timeout : .error
  }

  private static func unwrapped(_ text: String) -> String {
    let (start, end) = ("<tool_use_error>", "</tool_use_error>")
    guard text.hasPrefix(start) else { return text }
    let inner = text.dropFirst(start.count)
    return String(inner.hasSuffix(end) ? inner.dropLast(end.count) : inner)
  }

  /// The result of the call that started a sub-agent names it, and mostly ends it.
  private mutating func subagentEnd(
    _ details: JSONValue?,
    _ callID: String,
    _ envelope: ClaudeEnvelope
  ) -> [Observation] {
    guard let details, let stated = details.text("agentId") else { return [] }
    if !knowsSubagent(startedBy: callID) { remember(subagent: stated, startedBy: callID) }
    let agentID = subagent(startedBy: callID)
    var note = InstanceNote(envelope.agent, session: envelope.session, agentID: agentID)
    note.callID = callID
    note.model = details.text("resolvedModel")
    note.metadata.set("agent_type", details.text("agentType"))
    guard details.text("status") == "completed" else { return [.instance(note)] }
    var end = Lifecycle(envelope.agent, session: envelope.session, agentID: agentID, .terminated)
    end.time = envelope.time
    end.duration = details.milliseconds("totalDurationMs")
    return [.instance(note), .lifecycle(end)]
  }
}
