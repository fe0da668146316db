internal import GRDB
internal import MCPEvents

/// Keeps the calls that have begun and have no result yet.
struct OpenCallWriter {
  private let insert: PreparedStatement
  private let delete: PreparedStatement
  private let runID: Int64?

  init(_ database: Database, runID: Int64?) throws(DatabaseError) {
    self.runID = runID
    insert = try PreparedStatement(Self.upsert, database)
    delete = try PreparedStatement("DELETE FROM open_calls WHERE event_uid = ?", database)
  }

  /// A call that is seen to begin again keeps its first time.
  private static let upsert = """
    INSERT INTO open_calls
      (event_uid, instance_id, tool_name, session_id, call_id, started_at, notes, run_id)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
    ON CONFLICT (event_uid) DO UPDATE SET notes = ?7, run_id = ?8
    WHERE notes IS NOT ?7 OR run_id IS NOT ?8
    RETURNING 1
    """

  /// Notes that a call began, unless its event is stored already.
  ///
  /// - Returns: Whether that is new.
  func open(_ call: OpenCall, _ lookup: EventLookup) throws(DatabaseError) -> Bool {
    guard case .none = try lookup.versions(of: call.eventUID) else { return false }
    insert.bind(call.eventUID, at: 1)
    insert.bind(call.instanceID, at: 2)
    insert.bind(call.toolName, at: 3)
    insert.bind(call.sessionID, at: 4)
    insert.bind(call.callID, at: 5)
    insert.bind(call.startedAt.milliseconds, at: 6)
    insert.bind(call.notes, at: 7)
    insert.bind(runID, at: 8)
    defer { insert.reset() }
    return try insert.step()
  }

  /// Forgets a call.
  ///
  /// - Returns: Whether it was open.
  func close(_ uid: String) throws(DatabaseError) -> Bool {
    delete.bind(uid, at: 1)
    try delete.run()
    return delete.changedRows > 0
  }
}
