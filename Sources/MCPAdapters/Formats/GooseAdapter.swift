internal import MCPEvents

/// Reads `goose run --output-format stream-json`, which names no session.
struct GooseAdapter: StreamAdapter {
  private static let malformedLimit = 256

  /// Calls that were malformed, to which an answer may come that says no more.
  private var malformed: Set<String> = []

  mutating func read(_ line: JSONValue, _ context: LineContext) -> [Observation] {
    switch line.text("type") {
    case "message": line.object("message").map { read(message: $0, context) } ?? []
    case "model_change": model(line)
    case "complete": end(line, error: nil)
    case "error": end(line, error: line.text("error") ?? "the session failed")
    default: []
    }
  }

  private func model(_ line: JSONValue) -> [Observation] {
    guard let model = line.text("model") else { return [] }
    var note = InstanceNote(.goose, session: nil)
    note.model = model
    return [.instance(note)]
  }

  private mutating func read(message: JSONValue, _ context: LineContext) -> [Observation] {
    let time = EventTime(message["created"])
    guard let content = message["content"], content.kind == .array else { return [] }
    var observations: [Observation] = []
    for block in content.elements {
      guard let id = block.text("id") else { continue }
      var facts = CallFacts(CallName(.goose, session: nil, id: id))
      facts.time = time
      switch block.text("type") {
      case "toolRequest", "frontendToolRequest":
        observations.append(request(block, &facts, context))
      case "toolResponse" where malformed.remove(id) == nil:
        observations.append(response(block, &facts, context))
      default: break
      }
    }
    return observations
  }

  private mutating func request(
    _ block: JSONValue,
    _ facts: inout CallFacts,
    _ context: LineContext
  ) -> Observation {
    let call = block["toolCall"]
    let value = call?["value"] ?? call
    var tool = ToolName.extensionTool(value?.text("name") ?? "unknown")
    if tool.server == nil { tool.server = block["_meta"]?.text("goose_extension") }
    facts.tool = tool
    facts.take(arguments: value?["arguments"], context.capture)
    guard call?.text("status") == "error" else { return .begin(facts) }
    // The model's call was malformed, so that nothing ran.
    if malformed.count >= Self.malformedLimit { malformed.removeAll() }
    malformed.insert(facts.name.id)
    facts.outcome = .error
    facts.errorType = "invalid_call"
    facts.fail(call?.text("error"), "the call was malformed")
    return .end(facts)
  }

  private func response(
    _ block: JSONValue,
    _ facts: inout CallFacts,
    _ context: LineContext
  ) -> Observation {
    let result = block["toolResult"]
    let value = result?["value"]
    let content = value?["content"] ?? value
    facts.result = context.capture.result(content)
    let isError = result?.text("status") == "error" || value?["isError"]?.bool == true
    facts.outcome = isError ? .error : .ok
    if isError {
      let error = result?["error"]
      facts.fail(error?.string, error?.text("message"), ContentText.text(of: content))
    }
    return .end(facts)
  }

  private func end(_ line: JSONValue, error: String?) -> [Observation] {
    var note = InstanceNote(.goose, session: nil)
    note.metadata.set("tokens", line["total_tokens"])
    var end = Lifecycle(.goose, session: nil, .terminated)
    end.outcome = error == nil ? .ok : .error
    end.errorMessage = PlainText.message(error)
    return [
      .abandon(Abandonment(agent: .goose, session: nil)), .instance(note), .lifecycle(end),
    ]
  }
}
