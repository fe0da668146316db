internal import GRDB
internal import Synchronization

extension AgentStore {
  /// Opens the database that a configuration names, or creates it.
  ///
  /// - Parameter configuration: How; without it the guide's local-first defaults, with the file
  ///   `claude-codex.db` in the working directory.
  /// - Returns: The store. ``disconnect()`` closes it.
  /// - Throws: A ``StoreError``: ``StoreError/Code/initializationFailed`` with what is in the way.
  public static func open(
    _ configuration: StoreConfiguration = StoreConfiguration()
  ) async throws(StoreError) -> AgentStore {
    let store = try await SerialLane("mcp-store.opening").run { () throws(StoreError) in
      try openNow(configuration)
    }
    store.beginBackgroundWork()
    return store
  }

  /// Opens the database, blocking the calling thread, and without anything that goes on by itself.
  ///
  /// - Parameters:
  ///   - configuration: How.
  ///   - change: Changes what follows from it for the writer.
  /// - Returns: The store.
  /// - Throws: A ``StoreError``.
  package static func openNow(
    _ configuration: StoreConfiguration,
    _ change: (inout WriterOptions) -> Void = { _ in }
  ) throws(StoreError) -> AgentStore {
    try configuration.check()
    try SharedDatabase.prepare(configuration.local.path)
    var options = configuration.writerOptions
    change(&options)
    return try AgentStore(
      configuration.local.path,
      options,
      configuration,
      configuration.clock
    )
  }

  /// Whether the store can be used: it was opened, and has not been disconnected.
  public var isConnected: Bool { connections.withLock { $0 != nil } }

  /// Closes the store, once everything that was asked for before is done.
  ///
  /// Calling it again does nothing. Other operations throw from then on, with the code
  /// ``StoreError/Code/connectionFailed``.
  ///
  /// - Throws: A ``StoreError`` when the file cannot be closed.
  public func disconnect() async throws(StoreError) {
    try await writerLane.run { [self] () throws(StoreError) in
      // A read that is under way ends first: closing waits for it.
      try close()
    }
  }

  /// Brings the schema up to date; needed only where ``StoreConfiguration/Local/autoMigrate`` is
  /// off, or where a step is not to be taken by itself.
  ///
  /// A step after which older programs cannot write any more is taken after a verified backup,
  /// `FILE.before-migration-N`, and needs all other writers to have stopped.
  ///
  /// - Returns: How many steps were taken; 0 if there was nothing to do.
  /// - Throws: A ``StoreError`` with the code ``StoreError/Code/initializationFailed``.
  @discardableResult
  public func runMigrations() async throws(StoreError) -> Int {
    try await writerLane.run { [self] () throws(StoreError) in try runMigrationsNow() }
  }

  /// The same, blocking the calling thread.
  ///
  /// - Returns: How many steps were taken.
  /// - Throws: A ``StoreError``.
  package func runMigrationsNow() throws(StoreError) -> Int {
    try migrate(Schema.migrations)
  }

  /// Takes the steps that are missing; tests of later versions give more.
  func migrate(_ steps: [Schema.Migration]) throws(StoreError) -> Int {
    let migrator = Migrator(path: path, steps: steps)
    let queue = try openedWriter()
    defer { wait.end() }
    let count: Int
    do {
      let plan = try queue.read { try migrator.plan($0) }
      if plan.needsBackup, hasOwnFile {
        try Backup(of: self).write(to: "\(path).before-migration-\(plan.from)", isReplacing: true)
      }
      count = try queue.writeWithoutTransaction { database in
        try prepare(.atCommit, database)
        return try migrator.migrate(database)
      }
    } catch {
      throw .wrapping(.initializationFailed, "migrate \(path)", error)
    }
    try identifyAgain()
    return count
  }

  /// Whether the database is a file.
  var hasOwnFile: Bool { path != DatabaseOpening.memoryPath }
}

extension StoreConfiguration {
  /// What the connections are opened with.
  var writerOptions: WriterOptions {
    var options = WriterOptions()
    options.durability = local.durability
    options.busyTimeout = local.busyTimeout
    options.usesWriteAheadLog = local.enableWAL
    options.migratesAutomatically = local.autoMigrate
    options.opensUnmigrated = !local.autoMigrate
    options.retries = connection.maxRetries
    options.retryDelay = connection.retryDelay
    options.queryTimeout = connection.queryTimeout
    if local.logQueries { options.logsStatement = queryLog ?? QueryLog.standardError }
    return options
  }

  /// Checks what can be checked before anything is opened.
  func check() throws(StoreError) {
    func require(_ condition: Bool, _ message: String) throws(StoreError) {
      guard !condition else { return }
      throw StoreError(.initializationFailed, .invalid, "cannot open the store: \(message)")
    }
    try require(!local.path.isEmpty, "'local.file' is empty")
    try require(local.busyTimeout >= .zero, "'local.busyTimeout' must not be negative")
    try require(connection.maxRetries >= 0, "'connection.maxRetries' must not be negative")
    try require(connection.retryDelay >= .zero, "'connection.retryDelay' must not be negative")
    try require(connection.queryTimeout > .zero, "'connection.queryTimeout' must be positive")
    try require(maintenance.backupRetention > 0, "'maintenance.backupRetention' must be positive")
    try require(
      maintenance.vacuumInterval.map { $0 > .zero } ?? true,
      "'maintenance.vacuumInterval' must be positive"
    )
    try require(
      maintenance.logRetention.map { $0 > .zero } ?? true,
      "'maintenance.logRetention' must be positive"
    )
    try require(
      cloud.syncInterval.map { $0 > .zero } ?? true,
      "'cloud.syncInterval' must be positive"
    )
    guard cloud.enabled else { return }
    let schemes = ["libsql://", "https://", "http://"]
    try require(cloud.syncURL != nil, "'cloud.syncUrl' is missing, and 'cloud.enabled' is set")
    try require(
      schemes.contains { cloud.syncURL?.hasPrefix($0) == true },
      "'cloud.syncUrl' must begin with \(schemes.joined(separator: ", "))"
    )
  }
}
