internal import CMCPSQLite
internal import GRDB
internal import MCPSystem

extension AgentStore {
  /// How large a log may be that is left behind: 2 MiB, which the next process reads in a moment.
  private static let keptLogSize: Int64 = 2 << 20

  /// Closes the database as a process does that wrote one event.
  ///
  /// The last one that closes a database moves the log into it, and waits for the disk five times
  /// instead of once. What is committed is as safe in the log, so that a small one is left to those
  /// that come next.
  ///
  /// - Throws: A ``StoreError`` when the file cannot be closed.
  package func closeBriefly() throws(StoreError) {
    let logSize = ((try? FileStatus.of(path + "-wal")) ?? nil)?.size ?? 0
    if logSize <= Self.keptLogSize {
      try withConnection(.operationFailed, "close \(path)") { database in
        // Where the setting is not known, the log is moved as ever.
        _ = unsafe cmcp_sqlite3_keep_log(database.sqliteConnection)
      }
    }
    try close()
  }
}
