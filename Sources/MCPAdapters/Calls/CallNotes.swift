internal import MCPEvents

/// Writes what is known of an open call as the notes of its row, and reads it back.
enum CallNotes {
  static func write(_ entry: OpenCallEntry) -> String {
    let facts = entry.facts
    var notes = Members()
    notes.set("agent", facts.name.agent.rawValue)
    switch facts.name.scope {
    case .everywhere: notes.set("scope", "everywhere")
    case .session(let session):
      notes.set("scope", "session")
      notes.set("in", session)
    case .stream(let word):
      notes.set("scope", "stream")
      notes.set("in", word)
    }
    notes.set("id", facts.name.id)
    notes.set("source", entry.source)
    notes.set("received_at", entry.arrival.time.milliseconds)
    notes.set("arrived_us", entry.arrival.microseconds)
    notes.set("began_us", facts.began?.microseconds)
    notes.set("pairing", facts.pairing)
    notes.set("server", facts.tool?.server)
    notes.set("mcp_tool", facts.tool?.mcpTool)
    notes.set("kind", facts.tool?.kind.rawValue)
    notes.set("agent_id", facts.agentID)
    notes.set("parent_call_id", facts.parentCallID)
    notes.set("git_commit_hash", facts.gitCommitHash)
    notes.set("paths", facts.paths)
    notes.set("arguments", json: facts.arguments.json)
    notes.set("details", json: facts.details.json)
    return String(decoding: notes.json, as: UTF8.self)
  }

  /// The entry of a call that another process, or this one earlier, noted as open.
  static func read(_ call: OpenCall) -> OpenCallEntry? {
    guard let document = try? JSONDocument(Array(call.notes.utf8).span) else { return nil }
    let notes = document.root
    guard let name = name(in: notes) else { return nil }
    var facts = CallFacts(name)
    facts.tool = ToolName(
      call.toolName,
      server: notes["server"]?.string,
      mcpTool: notes["mcp_tool"]?.string,
      kind: notes["kind"]?.string.flatMap(ToolKind.init)
    )
    facts.session = call.sessionID
    facts.callID = call.callID
    facts.pairing = notes["pairing"]?.string
    facts.agentID = notes["agent_id"]?.string
    facts.parentCallID = notes["parent_call_id"]?.string
    facts.gitCommitHash = notes["git_commit_hash"]?.string
    facts.began = notes["began_us"]?.integer.map(EventTime.init)
    facts.paths = notes["paths"]?.elements.compactMap(\.string) ?? []
    facts.arguments = members(of: notes["arguments"])
    facts.details = members(of: notes["details"])
    let received = notes["received_at"]?.integer.map(UnixTime.init) ?? call.startedAt
    return OpenCallEntry(
      facts: facts,
      eventUID: call.eventUID,
      instanceID: call.instanceID,
      source: notes["source"]?.string ?? name.agent.rawValue,
      arrival: Arrival(time: received, microseconds: notes["arrived_us"]?.integer)
    )
  }

  private static func name(in notes: JSONValue) -> CallName? {
    guard let agent = notes["agent"]?.string.flatMap(Agent.init), let id = notes["id"]?.string
    else { return nil }
    let place = notes["in"]?.string ?? ""
    return switch notes["scope"]?.string {
    case "everywhere": CallName(agent, .everywhere, id)
    case "session": CallName(agent, .session(place), id)
    default: CallName(agent, .stream(place), id)
    }
  }

  private static func members(of value: JSONValue?) -> Members {
    var members = Members()
    for (key, value) in value?.entries ?? [] { members.set(key, json: value.lineJSON) }
    return members
  }
}
