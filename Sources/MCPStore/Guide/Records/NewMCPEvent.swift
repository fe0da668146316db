public import MCPEvents

/// An event to be logged.
///
///     NewMCPEvent(
///       instanceID: "work-123-a1",
///       toolName: "edit_file",
///       success: true,
///       metadata: #"{"file":"src/main.ts","lines":50}"#
///     )
public struct NewMCPEvent: Hashable, Sendable {
  /// The instance that made the call; one that is unknown is created.
  public var instanceID: String
  /// The tool, as the agent names it.
  public var toolName: String
  /// How the call ended.
  public var outcome: Outcome
  /// Why it failed.
  public var errorMessage: String?
  /// What is known of it besides: any JSON, kept byte for byte except that line breaks become
  /// spaces.
  public var metadata: String?
  /// The commit it is about.
  public var gitCommitHash: String?
  /// The status that it announces.
  public var statusChange: InstanceStatus?
  /// Whether it also moves the status of its instance.
  public var isStatusUpdating = false
  /// When it happened; now, unless given.
  public var timestamp: UnixTime?
  /// How long it took, in microseconds.
  public var durationMicroseconds: Int64?
  /// The MCP server.
  public var serverName: String?
  /// What the tool does, in the same words for every agent.
  public var toolKind: ToolKind?
  /// The agent's own id of its session.
  public var sessionID: String?
  /// The agent's own id of the call.
  public var callID: String?
  /// The call inside which this one was made.
  public var parentCallID: String?
  /// A name by which it is stored only once: logging it again changes nothing.
  public var eventUID: String?

  /// Describes a call that worked, or failed.
  public init(
    instanceID: String,
    toolName: String,
    success: Bool,
    errorMessage: String? = nil,
    metadata: String? = nil
  ) {
    self.init(instanceID: instanceID, toolName: toolName, outcome: success ? .ok : .error)
    self.errorMessage = errorMessage
    self.metadata = metadata
  }

  /// Describes a call whose end is known in more detail.
  public init(instanceID: String, toolName: String, outcome: Outcome) {
    self.instanceID = instanceID
    self.toolName = toolName
    self.outcome = outcome
  }
}

extension NewMCPEvent {
  /// Adds the event to a batch, after checking every field.
  ///
  /// - Parameters:
  ///   - batch: The batch.
  ///   - now: The time of an event that has none.
  /// - Throws: A `LineRejection` that names the field; the batch is then not to be used.
  func append(to batch: inout EventBatch, now: UnixTime) throws(LineRejection) {
    // Each event counts as a line of its own, so that the store can say what became of it.
    batch.beginLine([UInt8]().span, at: LinePosition(number: 0, offset: 0, length: 0))
    var row = EventRow()
    row.instanceID = try batch.identifier("instance_id", instanceID)
    row.toolName = try batch.identifier("tool_name", toolName)
    row.outcome = outcome
    row.errorMessage = batch.appendText(errorMessage)
    row.metadata = try batch.json("metadata", metadata)
    row.gitCommitHash = try batch.identifier("git_commit_hash", gitCommitHash)
    if let statusChange {
      try RecordKind.instance.check("status", .text(statusChange.rawValue))
      row.statusChange = batch.appendText(statusChange.rawValue)
    } else if isStatusUpdating {
      throw LineRejection(.missingField, "'status_change' is missing, and 'is_status_updating' set")
    }
    row.isStatusUpdating = isStatusUpdating
    row.timestamp = timestamp ?? now
    try FieldRules.checkTime("timestamp", row.timestamp)
    row.receivedAt = now
    if let durationMicroseconds, durationMicroseconds < 0 {
      throw LineRejection(.invalidValue, "'duration_us' must not be negative")
    }
    row.duration = durationMicroseconds
    row.serverName = try batch.identifier("server_name", serverName)
    row.toolKind = toolKind
    row.sessionID = try batch.identifier("session_id", sessionID)
    row.callID = try batch.identifier("call_id", callID)
    row.parentCallID = try batch.identifier("parent_call_id", parentCallID)
    row.eventUID = try batch.identifier("event_uid", eventUID)
    batch.append(row)
  }
}

extension EventBatch {
  /// Adds a text of 1 to 1024 bytes without U+0000; none for `nil`.
  fileprivate mutating func identifier(
    _ field: String,
    _ text: String?
  ) throws(LineRejection) -> TextSlice {
    guard let text else { return .none }
    try FieldRules.checkIdentifier(field, text)
    return appendText(text)
  }

  /// Adds JSON text on one line; none for `nil`.
  fileprivate mutating func json(
    _ field: String,
    _ text: String?
  ) throws(LineRejection) -> TextSlice {
    guard let text else { return .none }
    try RecordKind.instance.check("metadata", .json(text))
    return appendText(text.onOneLine)
  }
}
