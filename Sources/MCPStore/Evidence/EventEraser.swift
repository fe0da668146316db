internal import GRDB

internal import MCPEvents

/// Erases events: the one way in which a stored event ever goes.
///
/// Their leaves stay in the log of batches, so that what is left can still be verified, and the
/// erasure is an entry of the log itself.
struct EventEraser {
  let database: Database
  let now: UnixTime

  /// Erases events inside an open transaction.
  ///
  /// - Parameters:
  ///   - ids: Their numbers, rising.
  ///   - reason: Why, which is sealed with them.
  ///   - log: The log of batches.
  /// - Throws: What SQLite throws.
  func erase(_ ids: [Int64], reason: String, _ log: inout BatchLog) throws {
    guard !ids.isEmpty else { return }
    let delete = try PreparedStatement("DELETE FROM mcp_events WHERE id = ?", database)
    for id in ids {
      delete.bind(id, at: 1)
      try delete.run()
    }
    let note = ErasureNote(ids: ids, reason: reason, at: now)
    _ = try log.refresh(database)
    var hasher = TreeHasher()
    let leaf = hasher.leaf(Array(note.text.utf8))
    let entry = BatchLog.Entry(
      kind: .erasure,
      firstID: log.nextID,
      count: 0,
      leaves: leaf.bytes,
      root: leaf,
      reason: note.text,
      sealedAt: now
    )
    try log.append(entry, database)
  }
}
