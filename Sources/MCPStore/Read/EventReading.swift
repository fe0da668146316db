internal import MCPEvents

/// Turns rows of `mcp_events` into events.
enum EventReading {
  /// The columns of whole events, as ``row(_:_:)`` takes them; they have their numbers here.
  static let columns = columns(id: "mcp_events.id", supersedes: "supersedes")

  /// The same, with the numbers that events have in the database they come from.
  static let originalColumns = columns(id: originalID, supersedes: supersedes)

  private static func columns(id: String, supersedes: String) -> String {
    """
    \(id), instance_id, tool_name, outcome, error_message, metadata, git_commit_hash,
    status_change, is_status_updating, timestamp, duration_us, server_name, tool_kind, session_id,
    call_id, parent_call_id, source_format, received_at, extra, event_uid, instance_seq,
    \(supersedes), origin
    """
  }

  /// The number of an event in the database that it comes from.
  static let originalID = "COALESCE(origin_id, mcp_events.id)"

  /// The statement that reads whole events.
  ///
  /// - Parameter clauses: What follows FROM: made of constants, its values bound.
  /// - Returns: The SQL.
  static func sql(_ clauses: String) -> String {
    "SELECT \(columns) FROM mcp_events \(clauses)"
  }

  /// The superseded event's id in the database that the event came from.
  static let supersedes = """
    CASE WHEN supersedes IS NULL OR origin = 0 THEN supersedes ELSE
      (SELECT COALESCE(o.origin_id, o.id) FROM mcp_events AS o WHERE o.id = mcp_events.supersedes)
    END
    """

  /// The column that holds the number of the origin.
  static let originColumn: Int32 = 22

  /// The event of the current row, its texts appended to `batch`.
  static func row(_ select: PreparedStatement, _ batch: inout EventBatch) -> EventRow {
    var row = EventRow()
    row.id = select.integer(0)
    row.instanceID = text(select, 1, &batch)
    row.toolName = text(select, 2, &batch)
    row.outcome = outcome(select, 3, &batch)
    row.errorMessage = text(select, 4, &batch)
    row.metadata = text(select, 5, &batch)
    row.gitCommitHash = text(select, 6, &batch)
    row.statusChange = text(select, 7, &batch)
    row.isStatusUpdating = select.integer(8) != 0
    row.timestamp = UnixTime(milliseconds: select.integer(9))
    row.duration = select.optionalInteger(10)
    row.serverName = text(select, 11, &batch)
    row.toolKind = toolKind(select, 12, &batch)
    row.sessionID = text(select, 13, &batch)
    row.callID = text(select, 14, &batch)
    row.parentCallID = text(select, 15, &batch)
    row.sourceFormat = text(select, 16, &batch)
    row.receivedAt = UnixTime(milliseconds: select.integer(17))
    row.extra = text(select, 18, &batch)
    row.eventUID = text(select, 19, &batch)
    row.instanceSequence = select.integer(20)
    row.supersedes = select.optionalInteger(21)
    return row
  }

  private static func text(
    _ select: PreparedStatement,
    _ column: Int32,
    _ batch: inout EventBatch
  ) -> TextSlice {
    guard !select.isNull(column) else { return .none }
    return batch.appendText { (output: inout [UInt8]) in select.append(column, to: &output) }
  }

  // A word passes through the batch's bytes, which costs no allocation.

  private static func outcome(
    _ select: PreparedStatement,
    _ column: Int32,
    _ batch: inout EventBatch
  ) -> Outcome {
    let word = text(select, column, &batch)
    return Outcome(word: batch.bytes.span.extracting(word.range)) ?? .unknown
  }

  private static func toolKind(
    _ select: PreparedStatement,
    _ column: Int32,
    _ batch: inout EventBatch
  ) -> ToolKind? {
    let word = text(select, column, &batch)
    return word.isNone ? nil : ToolKind(word: batch.bytes.span.extracting(word.range))
  }
}
