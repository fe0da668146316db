internal import GRDB
internal import MCPSystem
internal import Synchronization

extension AgentStore {
  /// Runs `body` in a write transaction, which a thrown error undoes.
  ///
  /// - Parameters:
  ///   - code: The operation, for the error.
  ///   - action: What is done to what, for the error.
  ///   - sync: When it is waited for the disk.
  ///   - body: Gets the connection, which it must not keep; it is run again after a retry.
  /// - Returns: What `body` returns.
  /// - Throws: A ``StoreError``.
  func write<Value>(
    _ code: StoreError.Code,
    _ action: @autoclosure () -> String,
    syncing sync: CommitSync = .atCommit,
    _ body: (Database) throws -> Value
  ) throws(StoreError) -> Value {
    do {
      return try write(syncing: sync, body)
    } catch {
      throw .wrapping(code, action(), error)
    }
  }

  /// The same for a body whose errors are its caller's own.
  func write<Value>(
    syncing sync: CommitSync = .atCommit,
    _ body: (Database) throws -> Value
  ) throws -> Value {
    var attempts = 0
    while true {
      do {
        return try writeOnce(sync, body)
      } catch {
        // What the log of batches was believed to be may never have been committed.
        log.withLock { $0 = BatchLog() }
        guard attempts < options.retries, StoreError.Reason(error) == .busy else { throw error }
        attempts += 1
        Sleep.microseconds(UInt32(clamping: options.retryDelay.wholeMilliseconds * 1000))
      }
    }
  }

  private func writeOnce<Value>(
    _ sync: CommitSync,
    _ body: (Database) throws -> Value
  ) throws -> Value {
    let queue = try openQueue()
    return try queue.writeWithoutTransaction { database in
      defer { wait.end() }
      try prepare(sync, database)
      var value: Value?
      try database.inTransaction(.immediate) {
        wait.end()
        try writerDeadline.limiting {
          try Migrator.checkWriter(database, path)
          value = try body(database)
        }
        guard file?.isInPlace ?? true else { throw StoreError.removed(path) }
        return .commit
      }
      guard let value else { throw DatabaseError(resultCode: .SQLITE_ABORT) }
      if erasesLog.exchange(false, ordering: .relaxed) { emptyLog(database) }
      return value
    }
  }

  /// Moves the write-ahead log into the database and empties it.
  ///
  /// Where readers are in the way it is done after a later commit.
  func emptyLog(_ database: Database) {
    let row = try? Row.fetchOne(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
    let isBlocked = row.map { $0[0] as Int64 != 0 } ?? true
    if isBlocked { erasesLog.store(true, ordering: .relaxed) }
  }

  /// Runs `body` with the writing connection, outside of a transaction.
  ///
  /// - Parameters:
  ///   - code: The operation, for the error.
  ///   - action: What is done to what, for the error.
  ///   - body: Gets the connection, which it must not keep.
  /// - Returns: What `body` returns.
  /// - Throws: A ``StoreError``.
  func withConnection<Value>(
    _ code: StoreError.Code,
    _ action: @autoclosure () -> String,
    _ body: (Database) throws -> Value
  ) throws(StoreError) -> Value {
    let queue = try openQueue()
    do {
      return try queue.writeWithoutTransaction { database in
        defer { wait.end() }
        try prepare(.atCommit, database)
        return try body(database)
      }
    } catch {
      throw .wrapping(code, action(), error)
    }
  }

  /// Lends one consistent state to `body`, without waiting for a writer.
  ///
  /// - Parameters:
  ///   - action: What is read, for the error.
  ///   - body: Gets the connection, which it must not keep.
  /// - Returns: What `body` returns.
  /// - Throws: A ``StoreError``.
  func read<Value>(
    _ action: @autoclosure () -> String,
    _ body: (Database) throws -> Value
  ) throws(StoreError) -> Value {
    let queue = try openReader()
    let deadline = hasOwnReader ? readerDeadline : writerDeadline
    // Only the writing connection shows that it waits.
    defer { if !hasOwnReader { wait.end() } }
    do {
      return try queue.read { database in
        try deadline.limiting { try body(database) }
      }
    } catch {
      throw .wrapping(.queryFailed, action(), error)
    }
  }

  // MARK: Connections

  /// The writing connection of a store that is open and up to date.
  func openQueue() throws(StoreError) -> DatabaseQueue {
    let queue = try openedWriter()
    guard isMigrated else {
      throw StoreError(
        .initializationFailed,
        .migrationNeeded,
        "\(path) needs a migration first: call runMigrations(), or run 'mcp-sidecar migrate'"
      )
    }
    return queue
  }

  /// The writing connection of a store that is open.
  func openedWriter() throws(StoreError) -> DatabaseQueue {
    guard let queue = connections.withLock({ $0?.writer }) else { throw closed }
    return queue
  }

  var closed: StoreError {
    StoreError(.connectionFailed, .closed, "the store at \(path) has been disconnected")
  }

  /// The reading connection; without a write-ahead log it is the writing one, which readers and
  /// writers share in turn.
  private func openReader() throws(StoreError) -> DatabaseQueue {
    let writer = try openQueue()
    guard hasOwnReader else { return writer }
    return try connections.withLock { (connections) throws(StoreError) in
      guard connections != nil else { throw closed }
      if let reader = connections?.reader { return reader }
      let reader = try DatabaseOpening.reader(path, options, readerDeadline)
      connections?.reader = reader
      return reader
    }
  }

  /// Whether reads have a connection of their own.
  var hasOwnReader: Bool {
    options.usesWriteAheadLog && path != DatabaseOpening.memoryPath
  }
}
