internal import MCPEvents

extension CodexRolloutAdapter {
  private static let scriptLimit = 256

  /// What the model asked, and what it was told (C).
  mutating func readResponseItem(
    _ payload: JSONValue,
    _ time: EventTime?,
    _ context: LineContext
  ) -> [Observation] {
    switch payload.text("type") {
    case "function_call", "custom_tool_call", "local_shell_call", "tool_search_call":
      return call(payload, time, context)
    case "function_call_output", "custom_tool_call_output", "tool_search_output",
      "tool_search_call_output":
      return output(payload, time, context)
    case "web_search_call": return webSearch(payload, time, context)
    default: return []
    }
  }

  private mutating func call(
    _ payload: JSONValue,
    _ time: EventTime?,
    _ context: LineContext
  ) -> [Observation] {
    guard let id = payload.text("call_id") ?? payload.text("id") else { return [] }
    var facts = facts(id, time)
    facts.tool = Self.tool(of: payload)
    take(payload, into: &facts, context)
    if facts.tool?.name == "exec", payload.text("namespace") == "functions" {
      if hasScriptItems {
        replace(script: facts.name)
        return []
      }
      if scripts.count >= Self.scriptLimit { scripts.removeAll() }
      scripts.append(facts.name)
    }
    return [.begin(facts)]
  }

  /// A script whose own calls are recorded gets no row.
  mutating func replace(script: CallName) {
    if replacedScripts.count >= Self.scriptLimit { replacedScripts.removeAll() }
    replacedScripts.insert(script)
  }

  private static func tool(of payload: JSONValue) -> ToolName {
    switch payload.text("type") {
    case "local_shell_call": return ToolName("local_shell")
    case "tool_search_call": return ToolName("tool_search")
    default: break
    }
    let name = payload.text("name") ?? "unknown"
    if let namespace = payload.text("namespace"), namespace.hasPrefix("mcp__") {
      return .mcp(server: String(namespace.dropFirst(5)), tool: name)
    }
    return .doubleUnderscored(name)
  }

  /// The arguments are JSON in a string, or a text for a tool of its own language.
  private func take(_ payload: JSONValue, into facts: inout CallFacts, _ context: LineContext) {
    let value = payload["arguments"] ?? payload["input"] ?? payload["action"] ?? payload["query"]
    if let document = JSONDocument(embedded: value?.string), document.root.isObject {
      facts.take(arguments: document.root, context.capture)
    } else {
      facts.take(arguments: value, context.capture)
    }
  }

  /// A search that the model's maker runs is complete when it is recorded.
  ///
  /// Mostly it has no id; then it may be the search that an item or an event has recorded.
  private mutating func webSearch(
    _ payload: JSONValue,
    _ time: EventTime?,
    _ context: LineContext
  ) -> [Observation] {
    var facts = facts(payload.text("id") ?? "web_search", time)
    if payload.text("id") == nil {
      defer { unmatchedSearches -= 1 }
      guard unmatchedSearches <= 0 else { return [] }
      facts.name = CallName(.codex, .stream(thread ?? ""), "web_search")
    }
    facts.tool = ToolName("web_search")
    facts.take(arguments: payload["action"], context.capture)
    facts.outcome = payload.text("status") == "failed" ? .error : .ok
    return [.end(facts)]
  }

  // MARK: Outputs

  private mutating func output(
    _ payload: JSONValue,
    _ time: EventTime?,
    _ context: LineContext
  ) -> [Observation] {
    guard let id = payload.text("call_id") ?? payload.text("id") else { return [] }
    var facts = facts(id, time)
    if replacedScripts.remove(facts.name) != nil { return [] }
    scripts.removeAll { $0 == facts.name }
    let value = payload["output"]
    let text = ContentText.text(of: value) ?? ""
    facts.result = context.capture.result(value)
    let verdict = Verdict(text, success: value?["success"]?.bool)
    (facts.outcome, facts.exitCode) = (verdict.outcome, verdict.exitCode)
    if verdict.outcome == .error { facts.fail(verdict.message) }
    return [.end(facts)]
  }

  /// What an output tells of how the call ended: mostly nothing.
  private struct Verdict {
    var outcome = Outcome.unknown
    var exitCode: Int64?
    var message: String?

    init(_ text: String, success: Bool?) {
      let old = text.hasPrefix("{") ? JSONDocument(embedded: text) : nil
      exitCode =
        old?.root["metadata"]?.integer("exit_code")
        ?? text.headNumber(after: ["Process exited with code ", "Exit code: "], until: "Output:")
      if let exitCode {
        let output = old?.root.text("output") ?? text
        outcome = exitCode == 0 ? .ok : .error
        message = CodexOutcome.exit(
          exitCode,
          output: old == nil ? output : old?.root.text("output") ?? ""
        )
      } else if let success {
        outcome = success ? .ok : .error
        message = text
      } else if text.hasPrefix("unsupported call:") {
        outcome = .error
        message = text
      }
    }
  }
}
