internal import GRDB

extension AgentStore {
  /// Rewrites the database without the room that deleted records have left, and refreshes what the
  /// query planner knows.
  ///
  /// Needs up to twice the size of the file in free space, and keeps other writers waiting.
  ///
  /// - Throws: A ``StoreError``.
  public func vacuum() async throws(StoreError) {
    try await writerLane.run { [self] () throws(StoreError) in try vacuumNow() }
  }

  /// The same, blocking the calling thread.
  ///
  /// - Throws: A ``StoreError``.
  package func vacuumNow() throws(StoreError) {
    try withConnection(.operationFailed, "vacuum \(path)") { database in
      try Migrator.checkWriter(database, path)
      try database.execute(sql: "VACUUM; PRAGMA optimize")
      emptyLog(database)
    }
  }

  /// Copies the database into a file while it is in use.
  ///
  /// The copy is consistent, is checked for damage and for the number of its rows, and appears
  /// under its name only then. It is readable by its owner only.
  ///
  /// - Parameters:
  ///   - target: The file to write.
  ///   - replacing: Whether a file of that name may be replaced.
  /// - Throws: A ``StoreError``: the reason is ``StoreError/Reason/exists`` when there is such a
  ///   file, and it was not to be replaced.
  public func backup(
    to target: String,
    replacing: Bool = false
  ) async throws(StoreError) {
    try await backupLane.run { [self] () throws(StoreError) in
      try backupNow(to: target, replacing: replacing)
    }
  }

  /// The same, blocking the calling thread.
  ///
  /// - Parameters:
  ///   - target: The file to write.
  ///   - replacing: Whether a file of that name may be replaced.
  /// - Throws: A ``StoreError``.
  package func backupNow(to target: String, replacing: Bool) throws(StoreError) {
    _ = try openQueue()
    do {
      try Backup(of: self).write(to: target, isReplacing: replacing)
    } catch {
      throw .wrapping(.operationFailed, "back up \(path) to \(target)", error)
    }
  }
}
