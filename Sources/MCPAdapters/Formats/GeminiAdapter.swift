internal import MCPEvents

/// Reads Gemini CLI's `--output-format stream-json`, where only the first line names the session.
struct GeminiAdapter: StreamAdapter {
  private var session: String?

  mutating func read(_ line: JSONValue, _ context: LineContext) -> [Observation] {
    let time = EventTime(line["timestamp"])
    switch line.text("type") {
    case "init":
      session = line.text("session_id") ?? session
      return start(line, time)
    case "tool_use": return call(line, time, context)
    case "tool_result": return result(line, time, context)
    case "result": return end(line, time)
    default: return []
    }
  }

  private func start(_ line: JSONValue, _ time: EventTime?) -> [Observation] {
    var note = InstanceNote(.gemini, session: session)
    note.model = line.text("model")
    note.time = time
    var start = Lifecycle(.gemini, session: session, .started)
    start.time = time
    start.details.set("model", note.model)
    return [.instance(note), .lifecycle(start)]
  }

  private func facts(_ line: JSONValue, _ time: EventTime?) -> CallFacts? {
    guard let id = line.text("tool_id") else { return nil }
    var facts = CallFacts(CallName(.gemini, session: session, id: id))
    facts.session = session
    facts.time = time
    facts.tool = line.text("tool_name").map(ToolName.gemini)
    return facts
  }

  private func call(
    _ line: JSONValue,
    _ time: EventTime?,
    _ context: LineContext
  ) -> [Observation] {
    guard var facts = facts(line, time) else { return [] }
    facts.take(arguments: line["parameters"], context.capture)
    return [.begin(facts)]
  }

  private func result(
    _ line: JSONValue,
    _ time: EventTime?,
    _ context: LineContext
  ) -> [Observation] {
    guard var facts = facts(line, time) else { return [] }
    let error = line.present("error")
    facts.outcome = outcome(line.text("status"), error)
    facts.result = context.capture.result(line["output"])
    if facts.outcome != .ok {
      facts.errorType = error?.text("type")
      facts.fail(error?.text("message"), error?.string, line.text("output"), "the tool failed")
      facts.exitCode = facts.errorMessage?.number(after: "exited with code: ")
    }
    return [.end(facts)]
  }

  /// A call that was cancelled is printed as a success; an error tells otherwise.
  private func outcome(_ status: String?, _ error: JSONValue?) -> Outcome {
    if error != nil { return status == "cancelled" ? .cancelled : .error }
    return switch status {
    case "success": .ok
    case "error": .error
    case "cancelled": .cancelled
    default: .unknown
    }
  }

  private func end(_ line: JSONValue, _ time: EventTime?) -> [Observation] {
    var note = InstanceNote(.gemini, session: session)
    note.metadata.set("tokens", line["stats"])
    var end = Lifecycle(.gemini, session: session, .terminated)
    end.time = time
    end.duration = line["stats"]?.milliseconds("duration_ms")
    if line.text("status") != "success" {
      end.outcome = .error
      end.errorMessage = PlainText.message(line["error"]?.text("message") ?? "the session failed")
      end.details.set("error_type", line["error"]?.text("type"))
    }
    return [
      .abandon(Abandonment(agent: .gemini, session: session)), .instance(note), .lifecycle(end),
    ]
  }
}
