internal import MCPEvents

/// Reads `opencode run --format json`, which prints a call once, when it has ended.
struct OpencodeAdapter: StreamAdapter {
  mutating func read(_ line: JSONValue, _ context: LineContext) -> [Observation] {
    let session = line.text("sessionID")
    switch line.text("type") {
    case "tool_use": return call(line, session, context)
    case "step_finish": return usage(line, session)
    case "done": return end(line, session, error: nil)
    case "error":
      let error = line["error"]
      return end(line, session, error: error?["data"]?.text("message") ?? error?.text("name"))
    default: return []
    }
  }

  private func call(
    _ line: JSONValue,
    _ session: String?,
    _ context: LineContext
  ) -> [Observation] {
    guard let part = line.object("part"), let id = part.text("callID") ?? part.text("id"),
      let state = part.object("state")
    else { return [] }
    // Some makers of models number their calls anew in each turn.
    let name = part.text("id").map { "\(id)/\($0)" } ?? id
    var facts = CallFacts(CallName(.opencode, session: session, id: name))
    facts.callID = id
    facts.session = session
    facts.tool = .opencode(part.text("tool") ?? "unknown")
    facts.take(arguments: state["input"], context.capture)
    facts.began = EventTime(state["time"]?["start"])
    facts.time = EventTime(state["time"]?["end"]) ?? EventTime(line["timestamp"])
    read(state, into: &facts, context)
    return [.end(facts)]
  }

  private func read(_ state: JSONValue, into facts: inout CallFacts, _ context: LineContext) {
    facts.exitCode = state["metadata"]?.integer("exit")
    facts.result = context.capture.result(state["output"])
    switch state.text("status") {
    case "completed": facts.outcome = (facts.exitCode ?? 0) == 0 ? .ok : .error
    case "error": facts.outcome = .error
    default: facts.outcome = .incomplete
    }
    guard facts.outcome == .error else { return }
    let output = state.text("output") ?? ""
    facts.fail(
      state.text("error"),
      facts.exitCode.map { CodexOutcome.exit($0, output: output) },
      output
    )
  }

  private func usage(_ line: JSONValue, _ session: String?) -> [Observation] {
    guard let part = line.object("part") else { return [] }
    var note = InstanceNote(.opencode, session: session)
    note.metadata.set("tokens", part["tokens"])
    return note.metadata.isEmpty ? [] : [.instance(note)]
  }

  private func end(_ line: JSONValue, _ session: String?, error: String?) -> [Observation] {
    guard error != nil || line.text("type") == "done" else { return [] }
    var end = Lifecycle(.opencode, session: session, .terminated)
    end.time = EventTime(line["timestamp"])
    end.outcome = error == nil ? .ok : .error
    end.errorMessage = PlainText.message(error)
    end.details.set("reason", line.text("reason"))
    end.details.set("rejected", line["rejected"])
    return [.lifecycle(end)]
  }
}
