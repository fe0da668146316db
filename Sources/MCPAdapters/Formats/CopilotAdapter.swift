internal import MCPEvents

/// Reads Copilot CLI's `--output-format json` and its session files.
struct CopilotAdapter: StreamAdapter {
  private static let memoryLimit = 4096

  private var session: String?
  /// What the model asked for, by the ids of the calls: a call whose start is missing has its name
  /// from there.
  private var requested: [String: ToolName] = [:]

  mutating func read(_ line: JSONValue, _ context: LineContext) -> [Observation] {
    let time = EventTime(line["timestamp"])
    guard let data = line.object("data") else {
      return line.text("type") == "result" ? end(line, time) : []
    }
    if line["ephemeral"]?.bool == true { return [] }
    switch line.text("type") {
    case "session.start", "session.resume":
      session = data.text("sessionId") ?? session
      return start(line, data, time)
    case "assistant.message":
      remember(data["toolRequests"])
      return []
    case "tool.execution_start": return call(line, data, time, context)
    case "tool.execution_complete": return result(line, data, time, context)
    case "subagent.started": return subagent(line, data, time, .started)
    case "subagent.completed", "subagent.failed": return subagent(line, data, time, .terminated)
    case "session.shutdown", "session.end": return end(line, time)
    default: return []
    }
  }

  // MARK: Sessions

  private func start(_ line: JSONValue, _ data: JSONValue, _ time: EventTime?) -> [Observation] {
    let place = data["context"]
    var note = InstanceNote(.copilot, session: session)
    note.model = data.text("selectedModel") ?? data.text("model")
    note.directory = place?.text("gitRoot") ?? place?.text("cwd")
    note.branch = place?.text("branch")
    note.repository = place?.text("repository")
    note.time = EventTime(data["startTime"]) ?? time
    note.metadata.set("agent_version", data.text("copilotVersion"))
    var start = Lifecycle(.copilot, session: session, .started)
    start.mark = line.text("id")
    start.time = time
    start.details.set("cwd", place?.text("cwd"))
    return [.instance(note), .lifecycle(start)]
  }

  private func end(_ line: JSONValue, _ time: EventTime?) -> [Observation] {
    var note = InstanceNote(.copilot, session: session)
    note.metadata.set("tokens", line["usage"])
    var end = Lifecycle(.copilot, session: session, .terminated)
    end.mark = line.text("id")
    end.time = time
    if let code = line.integer("exitCode") {
      end.outcome = code == 0 ? .ok : .error
      end.errorMessage = code == 0 ? nil : "exit code \(code)"
      end.details.set("exit_code", code)
    }
    return [
      .abandon(Abandonment(agent: .copilot, session: session)), .instance(note), .lifecycle(end),
    ]
  }

  private func subagent(
    _ line: JSONValue,
    _ data: JSONValue,
    _ time: EventTime?,
    _ change: InstanceStatus
  ) -> [Observation] {
    guard let id = line.text("agentId") ?? data.text("agentId") ?? data.text("toolCallId") else {
      return []
    }
    var note = InstanceNote(.copilot, session: session, agentID: id)
    note.callID = data.text("toolCallId")
    note.time = time
    note.metadata.set("agent_type", data.text("agentName"))
    var lifecycle = Lifecycle(.copilot, session: session, agentID: id, change)
    lifecycle.time = time
    if line.text("type") == "subagent.failed" {
      lifecycle.outcome = .error
      lifecycle.errorMessage = PlainText.message(data.text("error") ?? "the sub-agent failed")
    }
    return [.instance(note), .lifecycle(lifecycle)]
  }

  // MARK: Calls

  private func facts(_ line: JSONValue, _ data: JSONValue, _ time: EventTime?) -> CallFacts? {
    guard let id = data.text("toolCallId") else { return nil }
    var facts = CallFacts(CallName(.copilot, session: session, id: id))
    facts.session = session
    facts.agentID = line.text("agentId")
    facts.parentCallID = data.text("parentToolCallId")
    facts.time = time
    facts.details.set("turn_id", data.text("turnId"))
    return facts
  }

  private mutating func remember(_ requests: JSONValue?) {
    for request in requests?.elements.prefix(256).map({ $0 }) ?? [] {
      guard let id = request.text("toolCallId"), let name = request.text("name") else { continue }
      if requested.count >= Self.memoryLimit { requested.removeAll() }
      requested[id] = ToolName(
        name,
        server: request.text("mcpServerName"),
        mcpTool: request.text("mcpToolName")
      )
    }
  }

  private mutating func call(
    _ line: JSONValue,
    _ data: JSONValue,
    _ time: EventTime?,
    _ context: LineContext
  ) -> [Observation] {
    guard var facts = facts(line, data, time) else { return [] }
    requested[facts.name.id] = nil
    facts.tool = ToolName(
      data.text("toolName") ?? "unknown",
      server: data.text("mcpServerName"),
      mcpTool: data.text("mcpToolName")
    )
    let arguments = data["arguments"]
    if let document = JSONDocument(embedded: arguments?.string) {
      facts.take(arguments: document.root, context.capture)
    } else {
      facts.take(arguments: arguments, context.capture)
    }
    return [.begin(facts)]
  }

  private mutating func result(
    _ line: JSONValue,
    _ data: JSONValue,
    _ time: EventTime?,
    _ context: LineContext
  ) -> [Observation] {
    guard var facts = facts(line, data, time) else { return [] }
    facts.tool = requested.removeValue(forKey: facts.name.id)
    let text = data["result"]?["content"] ?? data["result"]
    facts.result = context.capture.result(text)
    facts.exitCode = text?.string?.lastNumber(after: "completed with exit code ")
    let error = data.present("error")
    facts.outcome = data["success"]?.bool.map { $0 ? .ok : .error } ?? .unknown
    if facts.outcome != .ok {
      facts.errorType = error?.text("code")
      if let code = facts.errorType, ["denied", "rejected"].contains(code) {
        facts.outcome = .denied
      }
      facts.fail(error?.text("message"), error?.string, ContentText.text(of: text))
    }
    return [.end(facts)]
  }
}
