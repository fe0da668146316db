internal import MCPEvents

/// Appends the rows of calls and of lifecycle changes to a batch.
enum EventWriter {
  /// Appends the row of one version of a call.
  static func append(
    _ facts: CallFacts,
    _ entry: OpenCallEntry,
    _ phase: EventUID.Phase,
    replacing weaker: EventUID.Phase?,
    _ scene: Scene,
    into batch: inout EventBatch
  ) {
    var row = EventRow()
    let tool = facts.tool ?? ToolName("unknown")
    row.instanceID = batch.appendText(entry.instanceID)
    row.toolName = batch.appendText(Identifier.clamped(tool.name) ?? "unknown")
    row.serverName = batch.appendText(Identifier.clamped(tool.server ?? facts.server))
    row.toolKind = tool.kind
    row.outcome = facts.outcome ?? .unknown
    row.errorMessage = batch.appendText(facts.errorMessage)
    row.gitCommitHash = batch.appendText(Identifier.clamped(facts.gitCommitHash))
    row.timestamp = facts.time?.unixTime ?? scene.arrival.time
    row.receivedAt = scene.arrival.time
    row.duration = facts.duration.flatMap { $0 >= 0 ? $0 : nil }
    row.sessionID = batch.appendText(Identifier.clamped(facts.session))
    row.callID = batch.appendText(Identifier.clamped(facts.callID ?? facts.name.id))
    row.parentCallID = batch.appendText(Identifier.clamped(facts.parentCallID))
    row.sourceFormat = batch.appendText(scene.source(of: facts.name.agent))
    row.eventUID = batch.appendText(EventUID.version(phase, of: entry.eventUID))
    row.supersededUID = batch.appendText(
      // Whether there is such a version, the store knows.
      weaker.map { EventUID.version($0, of: entry.eventUID) }
    )
    row.metadata = batch.appendText { (output: inout [UInt8]) in
      metadata(of: facts, tool, scene).write(into: &output)
    }
    batch.append(row)
  }

  private static func metadata(
    of facts: CallFacts,
    _ tool: ToolName,
    _ scene: Scene
  ) -> Members {
    var members = facts.arguments
    if let result = facts.result { members.set("result", json: result) }
    members.set("exit_code", facts.exitCode)
    members.set("paths", facts.paths)
    members.set("mcp_tool", tool.mcpTool)
    members.set("error_type", facts.errorType)
    members.set("agent_id", facts.agentID)
    members.merge(facts.details)
    addRepair(scene, to: &members)
    return members
  }

  private static func addRepair(_ scene: Scene, to members: inout Members) {
    guard let digest = scene.rawDigest else { return }
    members.set("repaired", true)
    members.set("raw_sha256", digest)
  }

  /// Appends the row of a start or an end.
  static func append(
    _ lifecycle: Lifecycle,
    instance: String,
    _ scene: Scene,
    into batch: inout EventBatch
  ) {
    var row = EventRow()
    row.instanceID = batch.appendText(instance)
    row.toolName = batch.appendText("status_update")
    row.outcome = lifecycle.outcome
    row.errorMessage = batch.appendText(lifecycle.errorMessage)
    row.statusChange = batch.appendText(lifecycle.change.rawValue)
    row.isStatusUpdating = true
    row.timestamp = lifecycle.time?.unixTime ?? scene.arrival.time
    row.receivedAt = scene.arrival.time
    row.duration = lifecycle.duration.flatMap { $0 >= 0 ? $0 : nil }
    row.sessionID = batch.appendText(Identifier.clamped(lifecycle.session))
    row.sourceFormat = batch.appendText(scene.source(of: lifecycle.agent))
    row.eventUID = batch.appendText(uid(of: lifecycle, instance, scene))
    var members = lifecycle.details
    members.set("agent_id", lifecycle.agentID)
    addRepair(scene, to: &members)
    row.metadata = batch.appendText { (output: inout [UInt8]) in members.write(into: &output) }
    batch.append(row)
  }

  private static func uid(of lifecycle: Lifecycle, _ instance: String, _ scene: Scene) -> String {
    let mark = lifecycle.mark ?? lifecycle.agentID ?? scene.streamDigest
    return EventUID.make(
      family: lifecycle.agent.rawValue,
      scope: Identifier.short(lifecycle.session ?? instance),
      call: Identifier.short("\(mark)-\(lifecycle.change.rawValue)")
    )
  }
}
