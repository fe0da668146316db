internal import MCPEvents

/// Reads what Claude Code, Codex and Gemini give their hook commands.
///
/// Each payload comes to a process of its own, so that nothing is remembered here: which calls are
/// open, the database knows.
struct HookAdapter: StreamAdapter {
  func read(_ line: JSONValue, _ context: LineContext) -> [Observation] {
    guard let event = line.text("hook_event_name") else { return [] }
    let hook = Hook(line: line, event: event, agent: Self.agent(of: line, event))
    return switch event {
    case "PreToolUse": hook.call(context)
    case "PostToolUse": hook.result(context)
    case "PostToolUseFailure": hook.failure(context)
    case "PermissionDenied": hook.denial(context)
    case "BeforeTool": hook.call(context)
    case "AfterTool": hook.geminiResult(context)
    default: hook.lifecycle
    }
  }

  private static let geminiEvents: Set<String> = [
    "BeforeTool", "AfterTool", "BeforeAgent", "AfterAgent", "BeforeModel", "AfterModel",
    "BeforeToolSelection", "PreCompress",
  ]

  private static func agent(of line: JSONValue, _ event: String) -> Agent {
    if geminiEvents.contains(event) { return .gemini }
    let file = line.text("transcript_path")?.split(separator: "/").last ?? ""
    if file.hasPrefix("rollout-") || line["turn_id"] != nil { return .codex }
    if line["model"] != nil, event != "SessionStart" { return .codex }
    // Gemini's payloads alone state a time.
    return line.text("timestamp") != nil ? .gemini : .claude
  }
}

/// One hook payload.
struct Hook {
  let line: JSONValue
  let event: String
  let agent: Agent

  var session: String? { line.text("session_id") }

  /// What all events of calls say.
  private func facts(_ context: LineContext) -> CallFacts {
    var facts: CallFacts
    if let id = line.text("tool_use_id") {
      facts = CallFacts(CallName(agent, session: session, id: id))
    } else {
      facts = CallFacts(name(context))
      facts.pairing = "\(agent.rawValue) \(session ?? "") \(signature(context))"
    }
    facts.session = session
    facts.tool = line.text("tool_name").map(tool)
    facts.take(arguments: line["tool_input"], context.capture)
    facts.agentID = line.text("agent_id")
    facts.time = EventTime(line["timestamp"])
    facts.details.set("cwd", line.text("cwd"))
    facts.details.set("turn_id", line.text("turn_id"))
    facts.details.set("agent_type", line.text("agent_type"))
    facts.details.set("permission_mode", line.text("permission_mode"))
    facts.details.set("mcp_context", line["mcp_context"])
    return facts
  }

  private func tool(_ name: String) -> ToolName {
    guard agent == .gemini else { return .doubleUnderscored(name) }
    guard let server = line["mcp_context"]?.text("server_name") else { return .gemini(name) }
    let tool = line["mcp_context"]?.text("tool_name") ?? ToolName.gemini(name).mcpTool ?? name
    return ToolName(name, server: server, mcpTool: tool)
  }

  // MARK: Calls without an id

  /// A name for a call that has no id: Gemini's have none, and Claude Code's had none in 2025.
  ///
  /// A result belongs to the oldest open call of the same tool with the same input.
  private func name(_ context: LineContext) -> CallName {
    guard let time = line.text("timestamp") else {
      return CallName(agent, .stream(session ?? ""), signature(context))
    }
    return CallName(agent, session: session, id: signature(context, time))
  }

  /// What tells calls from each other: the tool, and a digest of its input.
  private func signature(_ context: LineContext, _ time: String = "") -> String {
    let input = (line["tool_input"]?.lineJSON ?? []) + Array(time.utf8)
    return "\(line.text("tool_name") ?? "unknown")-\(context.capture.hex(input).prefix(16))"
  }

  // MARK: Calls

  func call(_ context: LineContext) -> [Observation] {
    [.begin(facts(context))]
  }

  func result(_ context: LineContext) -> [Observation] {
    var facts = facts(context)
    let response = line["tool_response"]
    facts.outcome = agent == .codex ? codexOutcome(facts, response) : claudeOutcome(response)
    facts.duration = line.milliseconds("duration_ms")
    facts.result = context.capture.result(response)
    if facts.outcome == .error { facts.fail(ContentText.text(of: response)) }
    return [.end(facts)]
  }

  private func claudeOutcome(_ response: JSONValue?) -> Outcome {
    response?["interrupted"]?.bool == true ? .cancelled : .ok
  }

  /// Codex says nothing of how a command ended.
  private func codexOutcome(_ facts: CallFacts, _ response: JSONValue?) -> Outcome {
    guard facts.tool?.server != nil else { return .unknown }
    return response?["isError"]?.bool == true ? .error : .ok
  }

  func failure(_ context: LineContext) -> [Observation] {
    var facts = facts(context)
    let error = line.text("error")
    facts.outcome = line["is_interrupt"]?.bool == true ? .cancelled : .error
    if let error, error.prefix(utf8: 256).contains("Command timed out after") {
      facts.outcome = .timeout
    }
    facts.fail(error)
    facts.exitCode = error?.number(after: "Exit code ")
    facts.duration = line.milliseconds("duration_ms")
    return [.end(facts)]
  }

  func geminiResult(_ context: LineContext) -> [Observation] {
    var facts = facts(context)
    let response = line["tool_response"]
    let error = response?.present("error")
    facts.outcome = error == nil ? .ok : .error
    facts.errorType = error?.text("type")
    if let error { facts.fail(error.string, error.text("message"), ContentText.text(of: response)) }
    facts.result = context.capture.result(response?["returnDisplay"] ?? response?["llmContent"])
    return [.end(facts)]
  }

  func denial(_ context: LineContext) -> [Observation] {
    var facts = facts(context)
    facts.outcome = .denied
    facts.fail(line.text("reason"))
    return [.end(facts)]
  }

  // MARK: Sessions and sub-agents

  /// A session or a sub-agent starts or ends, and calls without a result are given up.
  var lifecycle: [Observation] {
    switch event {
    case "SessionStart": sessionStart
    case "SessionEnd": [.abandon(Abandonment(agent: agent, session: session)), end(of: nil)]
    case "Stop", "StopFailure", "AfterAgent":
      [.abandon(Abandonment(agent: agent, session: session, extent: .mainAgent))]
    case "SubagentStart": subagentStart
    case "SubagentStop": subagentStop
    default: []
    }
  }

  private var sessionStart: [Observation] {
    var note = InstanceNote(agent, session: session)
    note.model = line.text("model")
    note.directory = line.text("cwd")
    note.time = EventTime(line["timestamp"])
    note.metadata.set("transcript_path", line.text("transcript_path"))
    var start = Lifecycle(agent, session: session, .started)
    start.time = EventTime(line["timestamp"])
    start.details.set("cwd", line.text("cwd"))
    start.details.set("source", line.text("source"))
    return [.instance(note), .lifecycle(start)]
  }

  private func end(of agentID: String?) -> Observation {
    var end = Lifecycle(agent, session: session, agentID: agentID, .terminated)
    end.time = EventTime(line["timestamp"])
    end.details.set("reason", line.text("reason"))
    return .lifecycle(end)
  }

  private var subagentStart: [Observation] {
    guard let agentID = line.text("agent_id") else { return [] }
    var note = InstanceNote(agent, session: session, agentID: agentID)
    note.directory = line.text("cwd")
    note.metadata.set("agent_type", line.text("agent_type"))
    let start = Lifecycle(agent, session: session, agentID: agentID, .started)
    return [.instance(note), .lifecycle(start)]
  }

  private var subagentStop: [Observation] {
    guard let agentID = line.text("agent_id") else { return [] }
    let extent = Abandonment.Extent.agent(agentID)
    return [
      .abandon(Abandonment(agent: agent, session: session, extent: extent)), end(of: agentID),
    ]
  }
}
