internal import MCPEvents

/// Reads `pi --mode json`, where only the first line names the session.
struct PiAdapter: StreamAdapter {
  private var session: String?
  private var directory: String?

  mutating func read(_ line: JSONValue, _ context: LineContext) -> [Observation] {
    switch line.text("type") {
    case "session": return start(line)
    case "tool_execution_start": return facts(line, context).map { [.begin($0)] } ?? []
    case "tool_execution_end": return result(line, context)
    case "message_end": return model(of: line["message"])
    case "agent_end": return end
    default: return []
    }
  }

  private mutating func start(_ line: JSONValue) -> [Observation] {
    session = line.text("id") ?? session
    directory = line.text("cwd")
    let time = EventTime(line["timestamp"])
    var note = InstanceNote(.pi, session: session)
    note.directory = directory
    note.time = time
    var start = Lifecycle(.pi, session: session, .started)
    start.time = time
    start.details.set("cwd", directory)
    return [.instance(note), .lifecycle(start)]
  }

  private func model(of message: JSONValue?) -> [Observation] {
    guard let model = message?.text("model") else { return [] }
    var note = InstanceNote(.pi, session: session)
    note.model = model
    note.time = EventTime(message?["timestamp"])
    return [.instance(note)]
  }

  private var end: [Observation] {
    [
      .abandon(Abandonment(agent: .pi, session: session)),
      .lifecycle(Lifecycle(.pi, session: session, .terminated)),
    ]
  }

  private func facts(_ line: JSONValue, _ context: LineContext) -> CallFacts? {
    guard let id = line.text("toolCallId") else { return nil }
    var facts = CallFacts(CallName(.pi, session: session, id: id))
    facts.session = session
    facts.tool = line.text("toolName").map { ToolName($0) }
    facts.take(arguments: line["args"], context.capture)
    facts.details.set("cwd", directory)
    return facts
  }

  private func result(_ line: JSONValue, _ context: LineContext) -> [Observation] {
    guard var facts = facts(line, context) else { return [] }
    let content = line["result"]?["content"] ?? line["result"]
    facts.outcome = line["isError"]?.bool.map { $0 ? .error : .ok } ?? .unknown
    facts.result = context.capture.result(content)
    if facts.outcome == .error { facts.fail(ContentText.text(of: content), "the tool failed") }
    return [.end(facts)]
  }
}
