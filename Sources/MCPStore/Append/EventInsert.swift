internal import GRDB
internal import MCPEvents

/// The statements that store events, many rows at once.
///
/// One statement for many rows opens the table and its indexes once, and finds the place of a row
/// from that of the one before: a quarter less work than one statement for each. Rows wait until
/// there are enough of them.
struct EventInsert {
  private let database: Database
  private let one: PreparedStatement
  private var many: PreparedStatement?
  private var pending: [EventRow] = []

  init(_ database: Database) throws(DatabaseError) {
    self.database = database
    one = try PreparedStatement(Self.sql(rows: 1), database)
  }

  private static let rowsAtOnce = 32
  private static let columns = [
    "id", "instance_id", "tool_name", "success", "error_message", "metadata", "git_commit_hash",
    "status_change", "is_status_updating", "timestamp", "outcome", "duration_us", "server_name",
    "tool_kind", "session_id", "call_id", "parent_call_id", "source_format", "received_at",
    "extra", "event_uid", "instance_seq", "supersedes",
  ]

  // With FAIL, SQLite keeps no journal to undo a half-run statement; the transaction that fails is
  // undone as a whole.
  private static func sql(rows: Int) -> String {
    let row = "(" + columns.map { _ in "?" }.joined(separator: ", ") + ")"
    let values = Array(repeating: row, count: rows).joined(separator: ", ")
    return "INSERT OR FAIL INTO mcp_events (\(columns.joined(separator: ", "))) VALUES \(values)"
  }

  private static let manyRows = sql(rows: rowsAtOnce)

  /// Stores `row`, whose texts are in `bytes`, now or with one of the next.
  mutating func add(_ row: EventRow, _ bytes: Span<UInt8>) throws(DatabaseError) {
    pending.append(row)
    guard pending.count == Self.rowsAtOnce else { return }
    if many == nil { many = try PreparedStatement(Self.manyRows, database) }
    guard let statement = many else { return }
    var index: Int32 = 0
    for row in pending { statement.bind(row, bytes, after: &index) }
    pending.removeAll(keepingCapacity: true)
    _ = try statement.step()
    statement.rewind()
  }

  /// Stores all rows that wait.
  mutating func flush(_ bytes: Span<UInt8>) throws(DatabaseError) {
    for row in pending {
      var index: Int32 = 0
      one.bind(row, bytes, after: &index)
      _ = try one.step()
      one.rewind()
    }
    pending.removeAll(keepingCapacity: true)
  }

  /// Whether a row with this uid waits.
  func isPending(_ uid: Span<UInt8>, _ bytes: Span<UInt8>) -> Bool {
    for row in pending where !row.eventUID.isNone {
      if bytes.extracting(row.eventUID.range).equals(uid) { return true }
    }
    return false
  }

  /// Lets go of the batch's bytes.
  func end() {
    one.reset()
    many?.reset()
  }
}

extension PreparedStatement {
  /// Binds the columns of an event to the parameters after `index`, and moves it.
  fileprivate func bind(_ row: EventRow, _ bytes: Span<UInt8>, after index: inout Int32) {
    bind(row.id, after: &index)
    bind(row.instanceID, bytes, after: &index)
    bind(row.toolName, bytes, after: &index)
    bind(row.outcome.isSuccess ? 1 : 0, after: &index)
    bind(row.errorMessage, bytes, after: &index)
    bind(row.metadata, bytes, after: &index)
    bind(row.gitCommitHash, bytes, after: &index)
    bind(row.statusChange, bytes, after: &index)
    bind(row.isStatusUpdating ? 1 : 0, after: &index)
    bind(row.timestamp.milliseconds, after: &index)
    bind(row.outcome.word, after: &index)
    bind(row.duration, after: &index)
    bind(row.serverName, bytes, after: &index)
    bind(row.toolKind?.word, after: &index)
    bind(row.sessionID, bytes, after: &index)
    bind(row.callID, bytes, after: &index)
    bind(row.parentCallID, bytes, after: &index)
    bind(row.sourceFormat, bytes, after: &index)
    bind(row.receivedAt.milliseconds, after: &index)
    bind(row.extra, bytes, after: &index)
    bind(row.eventUID, bytes, after: &index)
    bind(row.instanceSequence, after: &index)
    bind(row.supersedes, after: &index)
  }

  @inline(__always)
  private func bind(_ number: Int64?, after index: inout Int32) {
    index += 1
    bind(number, at: index)
  }

  @inline(__always)
  private func bind(_ word: StaticString?, after index: inout Int32) {
    index += 1
    if let word { bind(word: word, at: index) } else { bindNull(at: index) }
  }

  @inline(__always)
  private func bind(_ text: TextSlice, _ bytes: Span<UInt8>, after index: inout Int32) {
    index += 1
    if text.isNone { bindNull(at: index) } else { bind(bytes.extracting(text.range), at: index) }
  }
}
