internal import MCPEvents

/// Reads the tool calls of Cursor's `--output-format stream-json`; its other lines look like Claude
/// Code's.
struct CursorAdapter: StreamAdapter {
  mutating func read(_ line: JSONValue, _ context: LineContext) -> [Observation] {
    guard line.text("type") == "tool_call", let id = line.text("call_id"),
      let (key, call) = Self.call(in: line["tool_call"])
    else { return [] }
    let session = line.text("session_id")
    var facts = CallFacts(CallName(.cursor, session: session, id: id))
    facts.session = session
    facts.time = EventTime(line["timestamp_ms"])
    facts.tool = Self.tool(key, call)
    let arguments = Self.arguments(key, call)
    if let document = JSONDocument(embedded: arguments?.string) {
      facts.take(arguments: document.root, context.capture)
    } else {
      facts.take(arguments: arguments, context.capture)
    }
    guard line.text("subtype") == "completed" else { return [.begin(facts)] }
    read(call["result"], into: &facts, context)
    return [.end(facts)]
  }

  /// The member that is the call, besides which there may be others.
  private static func call(in value: JSONValue?) -> (key: String, call: JSONValue)? {
    let members = value?.pairs.prefix(64).map { $0 } ?? []
    let call =
      members.first { $0.key.hasSuffix("ToolCall") && $0.value.isObject }
      ?? members.first { $0.key == "function" && $0.value.isObject }
    return call.map { ($0.key, $0.value) }
  }

  /// The tool; `nil` where only the first line says it.
  private static func tool(_ key: String, _ call: JSONValue) -> ToolName? {
    switch key {
    case "mcpToolCall":
      guard let arguments = call["args"] else { return nil }
      let server = arguments.text("providerIdentifier") ?? arguments.text("serverIdentifier")
      let name = arguments.text("name") ?? arguments.text("toolName") ?? "mcp"
      let tool = arguments.text("toolName") ?? Self.tool(in: name, of: server)
      return ToolName(name, server: server, mcpTool: tool)
    case "function": return call.text("name").map { ToolName($0) }
    default: return ToolName(String(key.dropLast("ToolCall".count)))
    }
  }

  /// The tool in a name of the form `<server>-<tool>`.
  private static func tool(in name: String, of server: String?) -> String {
    guard let server, name.hasPrefix(server + "-"), name.utf8.count > server.utf8.count + 1 else {
      return name
    }
    return String(name.dropFirst(server.count + 1))
  }

  private static func arguments(_ key: String, _ call: JSONValue) -> JSONValue? {
    switch key {
    case "mcpToolCall": call["args"]?["args"]
    case "function": call["arguments"]
    default: call["args"]
    }
  }

  // MARK: Results

  private static let outcomes: [String: Outcome] = [
    "success": .ok, "rejected": .denied, "permissionDenied": .denied, "timeout": .timeout,
    "cancelled": .cancelled, "aborted": .cancelled,
  ]

  /// The member whose key says how the call ended, besides which there may be others.
  private static func ending(of result: JSONValue?) -> (key: String, value: JSONValue)? {
    let members = result?.pairs.prefix(64).map { $0 } ?? []
    let ending =
      members.first { outcomes[$0.key] != nil } ?? members.first { $0.value.isObject }
      ?? members.first
    return ending.map { ($0.key, $0.value) }
  }

  private func read(
    _ result: JSONValue?,
    into facts: inout CallFacts,
    _ context: LineContext
  ) {
    guard let (key, value) = Self.ending(of: result) else {
      facts.outcome = .unknown
      return
    }
    facts.outcome = Self.outcomes[key] ?? .error
    if value["isError"]?.bool == true { facts.outcome = .error }
    facts.exitCode = value.integer("exitCode")
    let content = value["content"] ?? value["stdout"]
    facts.result = context.capture.result(content ?? value)
    guard facts.outcome != .ok else { return }
    facts.errorType = key == "success" ? "tool_error" : nil
    facts.fail(
      value.text("reason"),
      value.text("error"),
      value["error"]?.text("message"),
      value.text("message"),
      value.text("stderr"),
      ContentText.text(of: content),
      facts.exitCode.map { "exit code \($0)" },
      value.string,
      key
    )
  }
}
