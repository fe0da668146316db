internal import MCPEvents

extension MCPAdapter {
  private static let clientCalls: Set<String> = ["tools/call", "resources/read", "prompts/get"]
  private static let serverCalls: Set<String> = ["sampling/createMessage", "elicitation/create"]
  /// Of little interest: recorded only by a tap, which knows that the server asked.
  private static let quietServerCalls: Set<String> = ["roots/list"]
  /// Recorded only when they fail.
  static let handshakes: Set<String> = ["initialize", "server/discover"]

  /// A request: a call, or something that is remembered for its response.
  mutating func readRequest(
    _ method: String,
    _ message: JSONValue,
    _ wire: Wire,
    _ context: LineContext
  ) -> [Observation] {
    guard let id = message["id"], id.kind == .number || id.kind == .string else { return [] }
    let sender = wire.sender ?? self.sender(of: method, id)
    let key = Self.key(sender, id)
    let params = message["params"]
    let meta = params?["_meta"]
    tidy()
    var observations = noteClient(params?["clientInfo"] ?? meta?[Self.clientInfo])
    protocolVersion =
      params?.text("protocolVersion") ?? meta?.text(Self.version) ?? protocolVersion
    guard isCall(method, sender, wire) else {
      let isHandshake = Self.handshakes.contains(method)
      let name = CallName(.mcp, .stream(sender.rawValue), Self.text(id))
      remember(MCPRequest(method: method, name: isHandshake ? name : nil), key)
      if Self.taskQuestions.contains(method) { requests[key]?.task = params?.text("taskId") }
      return observations
    }
    let facts = call(method, message, key, sender, wire, context)
    if wire.sender == nil { giveToServer(pingUnder: key, id) }
    remember(MCPRequest(method: method, name: facts.name), key)
    if let token = meta?["progressToken"] { tokens[Self.text(token)] = key }
    observations.append(.begin(facts))
    return observations
  }

  /// Ask for the state or the result of a call that became a task.
  private static let taskQuestions: Set<String> = ["tasks/result", "tasks/get", "tasks/cancel"]

  static let clientInfo = "io.modelcontextprotocol/clientInfo"
  static let serverInfo = "io.modelcontextprotocol/serverInfo"
  static let version = "io.modelcontextprotocol/protocolVersion"

  static func text(_ value: JSONValue) -> String { String(decoding: value.lineJSON, as: UTF8.self) }

  /// Who sends such requests, where nothing else tells: each side may ask whether the other is
  /// there, but none under an id that waits for its answer.
  private func sender(of method: String, _ id: JSONValue) -> Side {
    if method == "ping" { return isOpen(Self.key(.client, id)) ? .server : .client }
    return Self.serverCalls.contains(method) || Self.quietServerCalls.contains(method)
      ? .server : .client
  }

  /// A ping under the id of a call that comes while the ping is open was the server's.
  private mutating func giveToServer(pingUnder key: String, _ id: JSONValue) {
    guard isOpen(key), let ping = requests[key], ping.method == "ping" else { return }
    requests[Self.key(.server, id)] = ping
  }

  private func isCall(_ method: String, _ sender: Side, _ wire: Wire) -> Bool {
    switch sender {
    case .client: Self.clientCalls.contains(method)
    case .server:
      Self.serverCalls.contains(method)
        || wire.sender != nil && Self.quietServerCalls.contains(method)
    }
  }

  private func call(
    _ method: String,
    _ message: JSONValue,
    _ key: String,
    _ sender: Side,
    _ wire: Wire,
    _ context: LineContext
  ) -> CallFacts {
    let params = message["params"]
    let meta = params?["_meta"]
    let id = message["id"].map(Self.text) ?? ""
    var facts = CallFacts(Self.name(meta, id, sender))
    facts.pairing = MCPRequest.pairingPrefix + key
    facts.session = meta?.text("threadId") ?? meta?.text("sessionId")
    facts.time = wire.time
    facts.gitCommitHash = Self.commit(meta)
    let server = context.serverName ?? serverName
    if method == "tools/call" {
      let tool = params?.text("name") ?? "unknown"
      facts.tool = ToolName(tool, server: server, mcpTool: tool)
      facts.take(arguments: params?["arguments"], context.capture)
    } else {
      facts.tool = ToolName(
        method,
        server: server,
        kind: method == "resources/read" ? .read : .other
      )
      facts.take(arguments: params, context.capture)
    }
    if facts.name.agent != .mcp { facts.details.set("jsonrpc_id", id) }
    if sender == .server { facts.details.set("from", "server") }
    facts.details.set("protocol_version", protocolVersion)
    facts.details.set("traceparent", meta?.text("traceparent"))
    facts.details.set("continues", params?.text("requestState").map(Identifier.short))
    return facts
  }

  /// Clients that are agents say which of their calls the request is.
  private static func name(_ meta: JSONValue?, _ id: String, _ sender: Side) -> CallName {
    if let callID = meta?.text("claudecode/toolUseId") {
      let name = CallName(.claude, session: nil, id: callID)
      if name.scope == .everywhere { return name }
    }
    if let callID = meta?.text("callId"), let thread = meta?.text("threadId") {
      return CallName(.codex, session: thread, id: callID)
    }
    return CallName(.mcp, .stream(sender.rawValue), id)
  }

  private static func commit(_ meta: JSONValue?) -> String? {
    let workspaces = meta?["x-codex-turn-metadata"]?["workspaces"]
    for (_, workspace) in workspaces?.pairs.prefix(16).map({ $0 }) ?? [] {
      if let hash = workspace.text("latest_git_commit_hash") { return hash }
    }
    return nil
  }
}
