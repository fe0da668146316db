internal import MCPEvents

extension MCPAdapter {
  /// A response: the end of a call, or what a server says of itself.
  mutating func readResponse(
    _ message: JSONValue,
    _ wire: Wire,
    _ context: LineContext
  ) -> [Observation] {
    guard let id = message["id"], id.kind == .number || id.kind == .string else { return [] }
    noteServer(message["result"])
    guard let key = key(answeredBy: message, id, wire) else {
      return orphan(message, id, wire, context)
    }
    guard let request = requests[key], !request.isAnswered else { return [] }
    requests[key]?.isAnswered = true
    if let task = request.task {
      guard request.method == "tasks/result" else { return taskState(message, wire) }
      return taskResult(message, task, wire, context)
    }
    guard let name = request.name else { return [] }
    // That it was cancelled is known, and says more.
    if request.isCancelled, message.present("error") != nil { return [] }
    let isHandshake = Self.handshakes.contains(request.method)
    if isHandshake, message.present("error") == nil { return [] }
    var facts = CallFacts(name)
    facts.pairing = MCPRequest.pairingPrefix + key
    facts.time = wire.time
    facts.server = context.serverName ?? serverName
    if isHandshake {
      facts.tool = ToolName(request.method, server: context.serverName ?? serverName, kind: .other)
      facts.pairing = nil
    }
    read(message, into: &facts, context)
    if request.progressCount > 0 { facts.details.set("progress_count", request.progressCount) }
    if facts.outcome == .incomplete, let task = Self.task(in: message["result"])?.text("taskId") {
      tasks[task] = key
    }
    return [.end(facts)]
  }

  /// The request that a response answers.
  ///
  /// Without directions, both sides may have asked under this id; then the shape of the response
  /// decides.
  private func key(answeredBy message: JSONValue, _ id: JSONValue, _ wire: Wire) -> String? {
    if let sender = wire.sender {
      let key = Self.key(sender.other, id)
      return requests[key] == nil ? nil : key
    }
    let (client, server) = (Self.key(.client, id), Self.key(.server, id))
    if isOpen(server), !isOpen(client) || isAnswerOfClient(message["result"], client, server) {
      return server
    }
    if requests[client] != nil { return client }
    return requests[server] == nil ? nil : server
  }

  func isOpen(_ key: String) -> Bool { requests[key]?.isAnswered == false }

  /// Whether the client answers, where both sides have asked: an empty result belongs to a ping,
  /// an error to the request that came last.
  private func isAnswerOfClient(_ result: JSONValue?, _ client: String, _ server: String) -> Bool {
    guard let asked = requests[server], let other = requests[client] else { return false }
    guard let result else { return asked.number > other.number }
    let isEmpty = !result.pairs.contains { _ in true }
    return isEmpty && asked.method == "ping" || Self.isAnswerOfClient(result)
  }

  private static func isAnswerOfClient(_ result: JSONValue) -> Bool {
    result["roots"] != nil || result["action"] != nil
      || result["model"] != nil && result["role"] != nil
  }

  private mutating func noteServer(_ result: JSONValue?) {
    let info = result?["serverInfo"] ?? result?["_meta"]?[Self.serverInfo]
    serverName = info?.text("name") ?? serverName
    if result?["serverInfo"] != nil {
      protocolVersion = result?.text("protocolVersion") ?? protocolVersion
    }
  }

  // MARK: Outcomes

  private func read(_ message: JSONValue, into facts: inout CallFacts, _ context: LineContext) {
    if let error = message.present("error") {
      read(error: error, into: &facts)
      return
    }
    guard let result = message["result"] else { return }
    facts.result = context.capture.result(result["content"] ?? result["contents"] ?? result)
    let type = result.text("resultType")
    facts.details.set("result_type", type == "complete" ? nil : type)
    if result["isError"]?.bool == true {
      facts.outcome = .error
      facts.errorType = "tool_error"
      facts.fail(ContentText.text(of: result["content"]), "the tool failed")
    } else if type == "input_required" {
      facts.outcome = .inputRequired
      facts.details.set("request_state", result.text("requestState").map(Identifier.short))
    } else if let task = Self.task(in: result) {
      facts.outcome = .incomplete
      facts.isProvisional = true
      facts.details.set("task_id", task.text("taskId"))
    } else {
      facts.outcome = .ok
    }
  }

  /// The task that a call became, instead of a result.
  private static func task(in result: JSONValue?) -> JSONValue? {
    guard let result, result["content"] == nil else { return nil }
    return result.object("task") ?? (result.text("taskId") == nil ? nil : result)
  }

  private func read(error: JSONValue, into facts: inout CallFacts) {
    let code = error["code"].map(Self.text)
    facts.outcome =
      switch code {
      case "-32042": .inputRequired
      case "-32001": .timeout
      case "-32800": .cancelled
      default: .error
      }
    facts.errorType = code
    facts.fail(error.text("message"), error.string, code.map { "error \($0)" })
  }

  /// The answer to `tasks/get` or `tasks/cancel` may say that the task has ended, and how.
  private mutating func taskState(_ message: JSONValue, _ wire: Wire) -> [Observation] {
    message["result"].map { readTask($0, wire) } ?? []
  }

  /// The answer to `tasks/result` is the result of the call that became the task.
  private mutating func taskResult(
    _ message: JSONValue,
    _ task: String,
    _ wire: Wire,
    _ context: LineContext
  ) -> [Observation] {
    guard let key = tasks.removeValue(forKey: task), let request = requests[key],
      let name = request.name
    else { return [] }
    var facts = CallFacts(name)
    facts.pairing = MCPRequest.pairingPrefix + key
    facts.time = wire.time
    read(message, into: &facts, context)
    return [request.isTaskOver ? .late(facts) : .end(facts)]
  }

  /// A response whose request was not seen: a call only if it looks like the result of a tool.
  private mutating func orphan(
    _ message: JSONValue,
    _ id: JSONValue,
    _ wire: Wire,
    _ context: LineContext
  ) -> [Observation] {
    guard wire.sender != .client, let result = message["result"],
      result["content"]?.kind == .array || result["isError"] != nil
    else { return [] }
    var facts = CallFacts(CallName(.mcp, .stream(Side.client.rawValue), Self.text(id)))
    facts.time = wire.time
    facts.server = context.serverName ?? serverName
    read(message, into: &facts, context)
    return [.end(facts)]
  }
}
