internal import GRDB
internal import MCPEvents
internal import MCPSystem

/// A database that is only read: its bytes and those of its log never change through it.
package final class StoreReader: Sendable {
  /// The file of the database.
  package let path: String
  /// The id that the database was given when it was made.
  package let databaseID: String
  /// The version of its layout, which may be older or newer than this program's.
  package let schemaVersion: Int

  private let queue: DatabaseQueue
  private let deadline: QueryDeadline

  /// Opens an existing database.
  ///
  /// Where the directory cannot be written and there is no log of uncommitted pages, the file is
  /// opened as unchanging, because SQLite could not make its lock files.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - timeout: How long one ``read(_:)`` may take; `nil` is as long as it likes.
  /// - Throws: A ``StoreError`` that says what is in the way.
  package init(path: String, timeout: Duration? = nil) throws(StoreError) {
    self.path = path
    let deadline = QueryDeadline(timeout: timeout)
    self.deadline = deadline
    let address = try Self.address(of: path)
    do {
      var configuration = Configuration()
      configuration.readonly = true
      configuration.label = "mcp-store.reader"
      configuration.busyMode = .timeout(5)
      configuration.prepareDatabase { database in
        GlobFunction.add(to: database)
        deadline.install(on: database)
      }
      queue = try DatabaseQueue(path: address, configuration: configuration)
      (databaseID, schemaVersion) = try queue.inDatabase { database in
        try Self.refuseForeign(database, path)
        try Migrator.checkReader(database, path)
        return (try AgentStore.databaseID(database), try Migrator.version(database))
      }
    } catch {
      throw .wrapping(.connectionFailed, "read \(path)", error)
    }
  }

  /// Lends one consistent state of the database to `body`, however long it takes.
  ///
  /// Writers go on meanwhile.
  ///
  /// - Throws: A ``StoreError``, or what `body` throws.
  package func read<Value>(_ body: (StoreSnapshot) throws -> Value) throws -> Value {
    do {
      return try queue.inDatabase { database in
        try deadline.limiting { try inTransaction(database, body) }
      }
    } catch let error as DatabaseError where error.resultCode == .SQLITE_INTERRUPT {
      let message = "reading \(path) took longer than it may; ask for less, or raise the time limit"
      throw StoreError(.queryFailed, .timeout, message, cause: error)
    } catch let error as DatabaseError {
      throw StoreError.wrapping(.queryFailed, "read \(path)", error)
    }
  }

  private func inTransaction<Value>(
    _ database: Database,
    _ body: (StoreSnapshot) throws -> Value
  ) throws -> Value {
    var value: Value?
    try database.inTransaction(.deferred) {
      value = try body(
        StoreSnapshot(
          database: database,
          databaseID: databaseID,
          schemaVersion: schemaVersion
        )
      )
      return .commit
    }
    guard let value else { throw DatabaseError(resultCode: .SQLITE_ABORT) }
    return value
  }

  /// Closes the file; calling it again does nothing.
  package func close() {
    try? queue.close()
  }

  // MARK: Opening

  /// The address by which SQLite opens the file without changing it.
  private static func address(of path: String) throws(StoreError) -> String {
    guard let status = try? FileStatus.of(path) else {
      throw refusal(.notFound, "there is no database at \(path); name one with --db")
    }
    guard status.kind == .regular else {
      throw refusal(.notADatabase, "cannot read \(path): it is no file")
    }
    guard FileSystem.isReadable(path) else {
      throw refusal(.permission, "cannot read \(path): this user may not")
    }
    // SQLite keeps the log beside the file itself, not beside a link to it.
    let path = (try? FileSystem.realPath(path)) ?? path
    if FileSystem.isWritable(FileSystem.parent(of: path)) { return path }
    let log = try? FileStatus.of(path + "-wal")
    // With the lock file of a writer there is no need to assume that nothing changes.
    if let log, log.kind == .regular, FileSystem.isReadable(path + "-shm") { return path }
    guard let log, log.size > 0 else { return uri(path) }
    throw refusal(
      .permission,
      "cannot read \(path): its newest changes are in \(path)-wal, and the directory cannot be "
        + "written; copy the file and its -wal to a directory that can"
    )
  }

  private static func refusal(_ reason: StoreError.Reason, _ message: String) -> StoreError {
    StoreError(.connectionFailed, reason, message)
  }

  private static func uri(_ path: String) -> String {
    let reserved = Set("%?#".utf8)
    let escaped = path.utf8.reduce(into: "") { text, byte in
      if reserved.contains(byte) {
        text += "%" + String(byte, radix: 16)
      } else {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      }
    }
    return "file:\(escaped)?immutable=1"
  }

  private static func refuseForeign(_ database: Database, _ path: String) throws {
    // The tables first: another program may be making them just now, and the id with them.
    let tables = try Set(String.fetchAll(database, sql: "SELECT name FROM sqlite_schema"))
    guard try Int32.fetchOne(database, sql: "PRAGMA application_id") != Schema.applicationID
    else { return }
    guard !tables.isEmpty else {
      throw StoreError(
        .connectionFailed,
        .notADatabase,
        "\(path) is empty; 'mcp-sidecar --db \(path)' makes a database of it"
      )
    }
    throw StoreError.foreign(path, tables: tables)
  }
}
