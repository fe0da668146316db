internal import MCPEvents

/// Reads MCP messages: as they are on the wire, or in the records of a tap.
///
/// A response says no more than the id of its request, which is unique on one side of one
/// connection only; the requests are therefore remembered.
struct MCPAdapter: StreamAdapter {
  /// Who sent a message.
  enum Side: String, Sendable {
    case client, server

    var other: Self { self == .client ? .server : .client }
  }

  /// A message's circumstances.
  struct Wire: Sendable {
    /// Who sent it, where the tap says so.
    var sender: Side?
    var time: EventTime?
  }

  private static let memoryLimit = 4096

  var requests: [String: MCPRequest] = [:]
  /// The keys of requests, by the tokens of their progress.
  var tokens: [String: String] = [:]
  /// The keys of requests, by the tasks that they became.
  var tasks: [String: String] = [:]
  var serverName: String?
  var protocolVersion: String?
  private var client: String?
  private var requestCount = 0

  mutating func read(_ line: JSONValue, _ context: LineContext) -> [Observation] {
    guard FormatDetector.isTapRecord(line), let raw = line["raw"]?.string else {
      return read(message: line, Wire(), context)
    }
    let sender: Side = line.text("dir") == "c2s" ? .client : .server
    let exact = line.integer("ts_us").flatMap {
      abs($0) < 1 << 57 ? EventTime(microseconds: $0) : nil
    }
    let wire = Wire(sender: sender, time: exact ?? EventTime(line["ts_ms"]))
    guard let document = Self.message(raw) else { return [] }
    guard document.root.kind == .array else { return read(message: document.root, wire, context) }
    var observations: [Observation] = []
    for message in document.root.elements { observations += read(message: message, wire, context) }
    return observations
  }

  /// A message as it went over the wire, mended where that helps.
  private static func message(_ raw: String) -> JSONDocument? {
    if let document = JSONDocument(embedded: raw) { return document }
    let mended = LineRepair.repaired(Array(raw.utf8).span)
    return JSONDocument(embedded: String(decoding: mended, as: UTF8.self))
  }

  private mutating func read(
    message: JSONValue,
    _ wire: Wire,
    _ context: LineContext
  ) -> [Observation] {
    guard message.isObject else { return [] }
    if let method = message.text("method") {
      return message["id"] == nil
        ? readNotification(method, message, wire) : readRequest(method, message, wire, context)
    }
    guard message["result"] != nil || message["error"] != nil else { return [] }
    return readResponse(message, wire, context)
  }

  /// Remembers a call that began before.
  mutating func resume(_ facts: CallFacts) {
    guard let pairing = facts.pairing, pairing.hasPrefix(MCPRequest.pairingPrefix) else { return }
    let key = String(pairing.dropFirst(MCPRequest.pairingPrefix.count))
    requests[key] = MCPRequest(method: "tools/call", name: facts.name)
  }

  static func key(_ sender: Side, _ id: JSONValue) -> String {
    "\(sender.rawValue) \(Identifier.short(String(decoding: id.lineJSON, as: UTF8.self)))"
  }

  /// Remembers a request for its response.
  mutating func remember(_ request: MCPRequest, _ key: String) {
    requestCount += 1
    requests[key] = request
    requests[key]?.number = requestCount
  }

  /// Makes room where too much is remembered.
  mutating func tidy() {
    if requests.count >= Self.memoryLimit {
      requests = requests.filter { !$0.value.isAnswered }
      if requests.count >= Self.memoryLimit { requests.removeAll() }
    }
    if tokens.count >= Self.memoryLimit { tokens.removeAll() }
    if tasks.count >= Self.memoryLimit { tasks.removeAll() }
  }

  // MARK: Notifications

  private mutating func readNotification(
    _ method: String,
    _ message: JSONValue,
    _ wire: Wire
  ) -> [Observation] {
    guard let params = message.object("params") else { return [] }
    switch method {
    case "notifications/progress":
      let token = params["progressToken"].map { String(decoding: $0.lineJSON, as: UTF8.self) }
      if let key = token.flatMap({ tokens[$0] }) { requests[key]?.progressCount += 1 }
      return []
    case "notifications/cancelled": return readCancellation(params, wire)
    case "notifications/tasks/status", "notifications/tasks":
      return readTask(params, wire)
    default: return []
    }
  }

  private mutating func readCancellation(_ params: JSONValue, _ wire: Wire) -> [Observation] {
    guard let id = params["requestId"] else { return [] }
    let keys = (wire.sender.map { [$0] } ?? [.client, .server]).map { Self.key($0, id) }
    guard let key = keys.first(where: { requests[$0]?.isAnswered == false }),
      let request = requests[key], let name = request.name
    else { return [] }
    requests[key]?.isCancelled = true
    var facts = CallFacts(name)
    facts.pairing = MCPRequest.pairingPrefix + key
    facts.time = wire.time
    facts.outcome = .cancelled
    facts.isProvisional = true
    facts.fail(params.text("reason"))
    return [.end(facts)]
  }

  /// A call that became a task ends with it; its result may be asked for later.
  mutating func readTask(_ params: JSONValue, _ wire: Wire) -> [Observation] {
    let task = params["task"] ?? params
    guard let id = task.text("taskId"), let key = tasks[id], let request = requests[key],
      let name = request.name, !request.isTaskOver,
      let status = task.text("status"), let outcome = Self.taskOutcomes[status]
    else { return [] }
    requests[key]?.isTaskOver = true
    var facts = CallFacts(name)
    facts.pairing = MCPRequest.pairingPrefix + key
    facts.time = wire.time
    facts.outcome = outcome
    if outcome != .ok { facts.fail(task.text("statusMessage"), "the task was \(status)") }
    facts.details.set("task_status", status)
    return [.end(facts)]
  }

  private static let taskOutcomes: [String: Outcome] = [
    "completed": .ok, "failed": .error, "cancelled": .cancelled,
  ]

  // MARK: Who is there

  /// Notes what a message says of the client.
  mutating func noteClient(_ info: JSONValue?) -> [Observation] {
    guard let name = info?.text("name"), name != client else { return [] }
    client = name
    var note = InstanceNote(.mcp, session: nil)
    note.metadata.set("mcp_client", name)
    note.metadata.set("mcp_client_version", info?.text("version"))
    return [.instance(note)]
  }
}

/// A request that is remembered for its response.
struct MCPRequest: Sendable {
  static let pairingPrefix = "mcp "

  let method: String
  /// The call that it is; `nil` when it is none.
  let name: CallName?
  /// The task whose result it asks for.
  var task: String?
  var progressCount: Int64 = 0
  var isAnswered = false
  var isCancelled = false
  /// Which request of the stream it is.
  var number = 0
  /// Whether the task that it became has ended.
  var isTaskOver = false

  init(method: String, name: CallName?) {
    self.method = method
    self.name = name
  }
}
