internal import GRDB
internal import Synchronization

internal import MCPEvents

extension StoreTransaction {
  /// Deletes an instance; see ``AgentStore/deleteInstance(_:reason:)``.
  public func deleteInstance(_ id: String, reason: String? = nil) throws(StoreError) {
    try operation(.deleteFailed, "delete the instance \(id.quotedForMessage)") {
      guard try RecordQueries.instance(id, database) != nil else {
        throw StoreError.noInstance(id)
      }
      try run("DELETE FROM relationships WHERE parent_instance = ?1 OR child_instance = ?1", id)
      try run("UPDATE instances SET parent_instance_id = NULL WHERE parent_instance_id = ?1", id)
      try run("DELETE FROM open_calls WHERE instance_id = ?1", id)
      try run(
        "DELETE FROM rejected_lines WHERE instr(line, CAST(?1 AS BLOB)) > 0",
        JSONText.quoted(id)
      )
      try eraseEvents(
        "SELECT id FROM mcp_events WHERE instance_id = ? ORDER BY id",
        [.text(id)],
        reason: reason ?? "the instance was deleted"
      )
      try run("DELETE FROM instances WHERE id = ?1", id)
      store.erasesLog.store(true, ordering: .relaxed)
    }
  }

  /// Erases the events whose numbers a statement selects.
  ///
  /// - Returns: How many.
  @discardableResult
  func eraseEvents(
    _ selection: String,
    _ values: [ColumnValue],
    reason: String
  ) throws -> Int {
    let select = try PreparedStatement(selection, database)
    select.bind(values)
    let ids = try select.rows { $0.integer(0) }
    let eraser = EventEraser(database: database, now: now)
    try store.log.withLock { try eraser.erase(ids, reason: reason, &$0) }
    return ids.count
  }

  private func run(_ sql: String, _ value: String) throws {
    let statement = try PreparedStatement(sql, database)
    statement.bind(value, at: 1)
    try statement.run()
  }
}

extension AgentStore {
  /// Deletes an instance, its relationships, and all that is stored of its events.
  ///
  /// The events are erased: their text goes, and so do open calls and rejected lines that name the
  /// instance. Their digests stay as evidence, beside a sealed note that says which numbers were
  /// erased, when, and why. Instances that it started stay, without a parent.
  ///
  /// - Parameters:
  ///   - id: The instance.
  ///   - reason: Why; it is kept, so it should hold nothing that was to be erased.
  /// - Throws: A ``StoreError`` with the code ``StoreError/Code/instanceNotFound`` when there is no
  ///   such instance.
  public func deleteInstance(_ id: String, reason: String? = nil) async throws(StoreError) {
    try await perform(.deleteFailed) { try $0.deleteInstance(id, reason: reason) }
  }
}
