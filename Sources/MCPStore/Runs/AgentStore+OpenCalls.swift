internal import GRDB
package import MCPEvents

extension AgentStore {
  /// The calls without a result that were seen to begin in a file.
  ///
  /// - Parameter paths: The names that the file has, or had.
  /// - Returns: The calls, the oldest first.
  /// - Throws: A ``StoreError`` when the database cannot be read.
  package func openCalls(ofSources paths: [String]) throws(StoreError) -> [OpenCall] {
    try withConnection(.queryFailed, "read the open calls of \(path)") { database in
      let marks = paths.map { _ in "?" }.joined(separator: ", ")
      let select = try PreparedStatement(
        Self.selectOpenCalls
          + "WHERE run_id IN (SELECT id FROM ingest_runs WHERE source IN (\(marks))) "
          + "ORDER BY started_at",
        database
      )
      for (index, path) in paths.enumerated() { select.bind(path, at: Int32(index + 1)) }
      return try Self.openCalls(select)
    }
  }

  /// The calls without a result of one session, whichever process saw them begin.
  ///
  /// - Parameter session: The agent's own id of its session.
  /// - Returns: The calls, the oldest first.
  /// - Throws: A ``StoreError`` when the database cannot be read.
  package func openCalls(ofSession session: String) throws(StoreError) -> [OpenCall] {
    try withConnection(.queryFailed, "read the open calls of \(path)") { database in
      let select = try PreparedStatement(
        Self.selectOpenCalls + "WHERE session_id = ? ORDER BY started_at",
        database
      )
      select.bind(session, at: 1)
      return try Self.openCalls(select)
    }
  }

  /// The calls without a result whose run was cut off, and that have no event yet.
  ///
  /// - Returns: The calls, the oldest first.
  /// - Throws: A ``StoreError`` when the database cannot be read.
  package func abandonedOpenCalls() throws(StoreError) -> [OpenCall] {
    try withConnection(.queryFailed, "read the open calls of \(path)") { database in
      let select = try PreparedStatement(
        Self.selectOpenCalls
          + """
          WHERE run_id IN (SELECT id FROM ingest_runs WHERE ending IN ('interrupted', 'failed'))
            AND NOT EXISTS (
              SELECT 1 FROM mcp_events WHERE event_uid = open_calls.event_uid || ':provisional')
          ORDER BY started_at
          """,
        database
      )
      return try Self.openCalls(select)
    }
  }

  /// The newest calls without a result, whoever saw them begin; not more than memory has room for.
  ///
  /// - Returns: The calls, the newest first.
  /// - Throws: A ``StoreError`` when the database cannot be read.
  package func newestOpenCalls() throws(StoreError) -> [OpenCall] {
    try withConnection(.queryFailed, "read the open calls of \(path)") { database in
      let select = try PreparedStatement(
        Self.selectOpenCalls + "ORDER BY started_at DESC LIMIT \(Self.rememberedCalls)",
        database
      )
      return try Self.openCalls(select, noteLimit: Self.rememberedNotes)
    }
  }

  private static let rememberedCalls = 1024
  /// How many bytes of notes are remembered.
  private static let rememberedNotes = 4 << 20

  private static let selectOpenCalls = """
    SELECT event_uid, instance_id, tool_name, session_id, call_id, started_at, notes
    FROM open_calls

    """

  private static func openCalls(
    _ select: PreparedStatement,
    noteLimit: Int = .max
  ) throws -> [OpenCall] {
    defer { select.reset() }
    var calls: [OpenCall] = []
    var noteSize = 0
    while noteSize <= noteLimit, try select.step() {
      calls.append(
        OpenCall(
          eventUID: select.string(0) ?? "",
          instanceID: select.string(1) ?? "",
          toolName: select.string(2) ?? "",
          sessionID: select.string(3),
          callID: select.string(4),
          startedAt: UnixTime(milliseconds: select.integer(5)),
          notes: select.string(6) ?? "{}"
        )
      )
      noteSize += calls.last?.notes.utf8.count ?? 0
    }
    return calls
  }
}
