internal import GRDB
internal import MCPEvents

/// The statement that stores one event.
struct EventInsert {
  private let statement: PreparedStatement

  init(_ database: Database) throws(DatabaseError) {
    statement = try PreparedStatement(Self.sql, database)
  }

  private static let sql = """
    INSERT INTO mcp_events (
      id, instance_id, tool_name, success, error_message, metadata, git_commit_hash,
      status_change, is_status_updating, timestamp, outcome, duration_us, server_name, tool_kind,
      session_id, call_id, parent_call_id, source_format, received_at, extra, event_uid,
      instance_seq, supersedes
    ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """

  /// Stores `row`, whose texts are in `bytes`.
  func run(_ row: EventRow, _ bytes: Span<UInt8>) throws(DatabaseError) {
    statement.bind(row.id, at: 1)
    bind(row.instanceID, bytes, at: 2)
    bind(row.toolName, bytes, at: 3)
    statement.bind(row.outcome.isSuccess ? 1 : 0, at: 4)
    bind(row.errorMessage, bytes, at: 5)
    bind(row.metadata, bytes, at: 6)
    bind(row.gitCommitHash, bytes, at: 7)
    bind(row.statusChange, bytes, at: 8)
    statement.bind(row.isStatusUpdating ? 1 : 0, at: 9)
    statement.bind(row.timestamp.milliseconds, at: 10)
    statement.bind(word: row.outcome.word, at: 11)
    statement.bind(row.duration, at: 12)
    bind(row.serverName, bytes, at: 13)
    if let kind = row.toolKind {
      statement.bind(word: kind.word, at: 14)
    } else {
      statement.bindNull(at: 14)
    }
    bind(row.sessionID, bytes, at: 15)
    bind(row.callID, bytes, at: 16)
    bind(row.parentCallID, bytes, at: 17)
    bind(row.sourceFormat, bytes, at: 18)
    statement.bind(row.receivedAt.milliseconds, at: 19)
    bind(row.extra, bytes, at: 20)
    bind(row.eventUID, bytes, at: 21)
    statement.bind(row.instanceSequence, at: 22)
    statement.bind(row.supersedes, at: 23)
    _ = try statement.step()
    statement.rewind()
  }

  private func bind(_ text: TextSlice, _ bytes: Span<UInt8>, at index: Int32) {
    if text.isNone {
      statement.bindNull(at: index)
    } else {
      statement.bind(bytes.extracting(text.range), at: index)
    }
  }

  /// Lets go of the batch's bytes.
  func end() {
    statement.reset()
  }
}
