public import MCPEvents

/// One call that an agent made, as it is stored.
///
/// Events never change.
public struct MCPEvent: Hashable, Sendable, Identifiable {
  /// Its number in this database, in the order of storing.
  public internal(set) var id: Int64
  /// The instance that made the call.
  public internal(set) var instanceID: String
  /// The tool, as the agent names it.
  public internal(set) var toolName: String
  /// How the call ended.
  public internal(set) var outcome: Outcome
  /// Why it failed.
  public internal(set) var errorMessage: String?
  /// What is known of it besides: any JSON.
  public internal(set) var metadata: String?
  /// The commit it is about.
  public internal(set) var gitCommitHash: String?
  /// The status that it announces.
  public internal(set) var statusChange: InstanceStatus?
  /// Whether it also moved the status of its instance.
  public internal(set) var isStatusUpdating: Bool
  /// When it happened.
  public internal(set) var timestamp: UnixTime
  /// How long it took, in microseconds.
  public internal(set) var durationMicroseconds: Int64?
  /// The MCP server.
  public internal(set) var serverName: String?
  /// What the tool does, in the same words for every agent.
  public internal(set) var toolKind: ToolKind?
  /// The agent's own id of its session.
  public internal(set) var sessionID: String?
  /// The agent's own id of the call.
  public internal(set) var callID: String?
  /// The call inside which this one was made.
  public internal(set) var parentCallID: String?
  /// The format it was read from; `nil` for the line protocol and this library.
  public internal(set) var sourceFormat: String?
  /// When it was received.
  public internal(set) var receivedAt: UnixTime
  /// Keys of its line that are no columns: a JSON object.
  public internal(set) var extra: String?
  /// The name by which it is stored only once.
  public internal(set) var eventUID: String?
  /// 1, 2, 3 … for each instance.
  public internal(set) var instanceSequence: Int64
  /// The older record of the same call that this one replaces.
  public internal(set) var supersedes: Int64?

  /// Whether the call did what it was asked.
  public var success: Bool { outcome.isSuccess }
}

extension MCPEvent {
  init(_ row: EventRow, _ batch: borrowing EventBatch) {
    id = row.id
    instanceID = batch.string(row.instanceID)
    toolName = batch.string(row.toolName)
    outcome = row.outcome
    errorMessage = batch.optionalString(row.errorMessage)
    metadata = batch.optionalString(row.metadata)
    gitCommitHash = batch.optionalString(row.gitCommitHash)
    statusChange = batch.optionalString(row.statusChange).map(InstanceStatus.init(rawValue:))
    isStatusUpdating = row.isStatusUpdating
    timestamp = row.timestamp
    durationMicroseconds = row.duration
    serverName = batch.optionalString(row.serverName)
    toolKind = row.toolKind
    sessionID = batch.optionalString(row.sessionID)
    callID = batch.optionalString(row.callID)
    parentCallID = batch.optionalString(row.parentCallID)
    sourceFormat = batch.optionalString(row.sourceFormat)
    receivedAt = row.receivedAt
    extra = batch.optionalString(row.extra)
    eventUID = batch.optionalString(row.eventUID)
    instanceSequence = row.instanceSequence
    supersedes = row.supersedes
  }
}
