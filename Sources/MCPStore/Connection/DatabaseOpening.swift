internal import CMCPLogBuffer
internal import GRDB
internal import GRDBSQLite
internal import MCPSystem

/// Opens the file for writing.
enum DatabaseOpening {
  /// The name of a database that lives in memory, as SQLite has it.
  static let memoryPath = ":memory:"

  /// Opens or creates the database.
  ///
  /// - Parameters:
  ///   - path: The file, or ``memoryPath``.
  ///   - options: How.
  ///   - wait: What to do while the lock is not free.
  ///   - deadline: What ends statements that run too long.
  /// - Returns: The connection, its pragmas set, and whether its schema is up to date.
  /// - Throws: A ``StoreError`` that says what is in the way.
  static func writer(
    _ path: String,
    _ options: WriterOptions,
    _ wait: BusyWait,
    _ deadline: QueryDeadline
  ) throws(StoreError) -> (queue: DatabaseQueue, isMigrated: Bool) {
    defer { wait.end() }
    do {
      if path != memoryPath { try createPrivately(path) }
      let configuration = configuration(options, wait, deadline, label: "mcp-store.writer")
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      let isMigrated = try queue.writeWithoutTransaction { database in
        try refuseForeign(database, path)
        try retryingWhileBusy(wait) { try setPragmas(database, options) }
        return try bringUpToDate(database, path, options)
      }
      return (queue, isMigrated)
    } catch {
      throw .wrapping(.initializationFailed, "open \(path)", error)
    }
  }

  /// Opens a second connection to a database that is open for writing: it sees what is committed,
  /// and never waits for the writer.
  static func reader(
    _ path: String,
    _ options: WriterOptions,
    _ deadline: QueryDeadline
  ) throws(StoreError) -> DatabaseQueue {
    do {
      let wait = BusyWait(timeout: options.busyTimeout)
      var configuration = configuration(options, wait, deadline, label: "mcp-store.second-reader")
      configuration.readonly = true
      return try DatabaseQueue(path: path, configuration: configuration)
    } catch {
      throw .wrapping(.connectionFailed, "read \(path)", error)
    }
  }

  /// Opens a connection that moves the log of a database that is open for writing.
  static func mover(_ path: String, _ options: WriterOptions) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.label = "mcp-store.mover"
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    try queue.writeWithoutTransaction { database in
      try setLevel(options.durability, database)
      try database.execute(sql: "PRAGMA cache_size = 16")
      // Reading once makes the connection know that there is a log.
      _ = try Migrator.version(database)
    }
    return queue
  }

  /// Says whether commits wait for the disk; outside of a transaction.
  static func setLevel(_ durability: Durability, _ database: Database) throws {
    try database.execute(sql: "PRAGMA synchronous = \(durability == .full ? "FULL" : "NORMAL")")
  }

  private static func bringUpToDate(
    _ database: Database,
    _ path: String,
    _ options: WriterOptions
  ) throws -> Bool {
    do {
      try Migrator(path: path).bringUpToDate(database, options)
      return true
    } catch let error as StoreError {
      guard error.reason == .migrationNeeded, options.opensUnmigrated else { throw error }
      return false
    }
  }

  private static func configuration(
    _ options: WriterOptions,
    _ wait: BusyWait,
    _ deadline: QueryDeadline,
    label: String
  ) -> Configuration {
    var configuration = Configuration()
    configuration.label = label
    configuration.busyMode = .callback { wait.again(attempts: $0) }
    // The closure also keeps the deadline alive for as long as the connection.
    configuration.prepareDatabase { database in
      deadline.install(on: database)
      guard let log = options.logsStatement else { return }
      database.trace { event in
        if case .statement(let statement) = event { log(statement.sql) }
      }
    }
    return configuration
  }

  /// Makes an empty file that only its owner can read; SQLite's other files take over its mode.
  private static func createPrivately(_ path: String) throws {
    do {
      if let status = try FileStatus.of(path) {
        guard status.kind == .directory else { return }
        throw StoreError(
          .initializationFailed,
          .notADatabase,
          "cannot open \(path): it is a directory; name a file in it"
        )
      }
      try FileDescriptor.open(path, for: .creating).close()
    } catch let error as SystemError {
      if error.isAlreadyExists { return }
      throw StoreError(
        .initializationFailed,
        error.isPermissionDenied ? .permission : .cannotCreate,
        "cannot create \(path): \(error.reason); name another file with --db",
        cause: error
      )
    }
  }

  private static func refuseForeign(_ database: Database, _ path: String) throws {
    // The tables first: another program may be making them just now, and the id with them.
    let tables = try Set(String.fetchAll(database, sql: "SELECT name FROM sqlite_schema"))
    let id = try Int32.fetchOne(database, sql: "PRAGMA application_id") ?? 0
    guard id != Schema.applicationID, !tables.isEmpty else { return }
    throw StoreError.foreign(path, tables: tables)
  }

  /// The order matters: page size and vacuum mode are fixed once the log or a table is there.
  private static func setPragmas(_ database: Database, _ options: WriterOptions) throws {
    let isEmpty = try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM sqlite_schema") == 0
    if isEmpty {
      try database.execute(sql: "PRAGMA page_size = 8192; PRAGMA auto_vacuum = INCREMENTAL")
    }
    let mode = options.usesWriteAheadLog ? "WAL" : "DELETE"
    let current = try String.fetchOne(database, sql: "PRAGMA journal_mode") ?? ""
    if current.uppercased() != mode, current != "memory" {
      _ = try String.fetchOne(database, sql: "PRAGMA journal_mode = \(mode)")
    }
    try setLevel(options.durability, database)
    try database.execute(
      sql: """
        PRAGMA secure_delete = ON;
        PRAGMA wal_autocheckpoint = \(checkpointPages);
        PRAGMA journal_size_limit = \(logSizeLimit);
        PRAGMA cache_size = -\(cacheKibibytes)
        """
    )
  }

  /// Leaves moving the log to a ``LogMover``, unless the log becomes far too long.
  static func leaveLog(_ database: Database) throws {
    try database.execute(sql: "PRAGMA wal_autocheckpoint = \(lateCheckpointPages)")
  }

  /// Has a connection write its log in long pieces from now on; outside of a transaction.
  ///
  /// - Returns: Whether it does; without a log nothing changes.
  @discardableResult
  static func bufferLog(_ database: Database) throws -> Bool {
    let pageSize = try Int32.fetchOne(database, sql: "PRAGMA page_size") ?? 0
    return unsafe cmcp_buffer_log(database.sqliteConnection, pageSize) == SQLITE_OK
  }

  /// How large the log grows before a writer itself moves its pages into the database: 32 MiB.
  private static let checkpointPages = 4096
  /// The same, where a ``LogMover`` does so before.
  private static let lateCheckpointPages = 12288
  /// To what the log is cut once a long reader has left.
  private static let logSizeLimit = 60 << 20
  private static let cacheKibibytes = 8 * 1024

  /// Changing the journal mode does not ask the busy handler.
  private static func retryingWhileBusy(_ wait: BusyWait, _ body: () throws -> Void) throws {
    var attempts = 0
    while true {
      do {
        return try body()
      } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
        guard wait.again(attempts: attempts) else { throw error }
        attempts += 1
      }
    }
  }
}

extension StoreError {
  /// The file is a database, and not ours.
  static func foreign(_ path: String, tables: Set<String>) -> Self {
    let isOriginal = tables.isSuperset(of: ["instances", "mcp_events", "user_config"])
    return Self(
      .initializationFailed,
      .foreignDatabase,
      isOriginal
        ? "\(path) was written by the original TypeScript module; "
          + "'mcp-sidecar import \(path)' takes over what it holds"
        : "\(path) is a database of another program; name another file with --db"
    )
  }
}
