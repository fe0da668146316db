internal import GRDB
internal import Synchronization

package import MCPEvents
internal import MCPSystem

/// The database of what agents did: instances, their events, and how they came from each other.
///
/// A store may be used from many tasks and threads at once. Writes are done one after the other, in
/// transactions that are all or nothing; reads do not wait for them.
///
///     let store = try await AgentStore.open()
///     let id = try await store.createInstance(NewInstance(id: "work-123-a1"))
///
/// The asynchronous operations wait without blocking a thread of the caller's. A write that has
/// been asked for is done even if its task is cancelled meanwhile, so that the last words of an
/// agent are not lost.
public final class AgentStore: Sendable {
  /// The file of the database, or `:memory:`.
  public let path: String

  /// The file that was opened; `nil` in memory.
  let file: FileIdentity?

  /// How it was opened.
  let options: WriterOptions
  /// What the guide's operations were configured with.
  public let configuration: StoreConfiguration

  let wait: BusyWait
  let writerDeadline: QueryDeadline
  let readerDeadline: QueryDeadline
  let connections: Mutex<Connections?>
  /// The id of the database; `nil` until its schema is up to date.
  private let identity: Mutex<String?>

  /// What is known of the log of batches, used inside write transactions only.
  let log = Mutex(BatchLog())

  /// Whether the next commit is to be followed by emptying the write-ahead log, because it holds
  /// what was erased.
  let erasesLog = Atomic(false)

  /// Whether commits of the writing connection wait for the disk, as far as the store is to.
  let syncsAtCommit = Atomic(true)

  /// How many bytes of records were stored since the log was last moved.
  let bytesInLog = Atomic(0)

  /// What is expected of batches that are under way.
  let forecast: Mutex<NumberForecast>

  /// Where callers that must not block have their writes done, one after the other.
  let writerLane = SerialLane("mcp-store.writes")
  /// Where they have their reads done.
  let readerLane = SerialLane("mcp-store.reads")
  /// Where they have backups made, which take long and hold nobody up.
  let backupLane = SerialLane("mcp-store.backups")
  /// Single events that wait for the next commit.
  let eventQueue = Mutex(EventQueue())
  /// Keeps syncs from overlapping.
  let syncTurns = AsyncTurns()
  /// What goes on by itself while the store is open.
  let background = Mutex<[Task<Void, Never>]>([])

  /// Tells the time.
  package let now: @Sendable () -> UnixTime

  struct Connections {
    let writer: DatabaseQueue
    /// Opened when it is first needed.
    var reader: DatabaseQueue?
    /// Started by the first bulk load.
    var mover: LogMover?
    /// Opened when a commit is first synced after the lock was let go.
    var logSync: LogSync?
  }

  /// Opens or creates a database.
  ///
  /// - Parameters:
  ///   - path: The file, or `:memory:`.
  ///   - options: How.
  ///   - now: Tells the time; tests give a clock of their own.
  /// - Throws: A ``StoreError`` that says what is in the way.
  package convenience init(
    path: String,
    options: WriterOptions = WriterOptions(),
    now: @escaping @Sendable () -> UnixTime = UnixTime.now
  ) throws(StoreError) {
    try self.init(path, options, StoreConfiguration(), now)
  }

  init(
    _ path: String,
    _ options: WriterOptions,
    _ configuration: StoreConfiguration,
    _ now: @escaping @Sendable () -> UnixTime
  ) throws(StoreError) {
    self.path = path
    self.options = options
    self.configuration = configuration
    self.now = now
    let sign = path == DatabaseOpening.memoryPath ? nil : WaitSign(database: path)
    let wait = BusyWait(timeout: options.busyTimeout, sign: sign)
    self.wait = wait
    writerDeadline = QueryDeadline(timeout: options.queryTimeout)
    readerDeadline = QueryDeadline(timeout: options.queryTimeout)
    let (queue, isMigrated) = try DatabaseOpening.writer(path, options, wait, writerDeadline)
    defer { wait.end() }
    let known = isMigrated ? try Self.identify(queue, path) : Identity()
    identity = Mutex(known.id)
    forecast = Mutex(NumberForecast(nextID: known.nextID))
    connections = Mutex(Connections(writer: queue))
    file = FileIdentity(path)
  }

  // MARK: Identity

  /// What a database says of itself when it is opened.
  private struct Identity {
    var id: String?
    var nextID: Int64 = 1
  }

  private static func identify(
    _ queue: DatabaseQueue,
    _ path: String
  ) throws(StoreError) -> Identity {
    do {
      return try queue.read { database in
        Identity(id: try databaseID(database), nextID: try nextID(database))
      }
    } catch {
      throw .wrapping(.initializationFailed, "read \(path)", error)
    }
  }

  /// Looks again, once the schema is up to date.
  func identifyAgain() throws(StoreError) {
    let known = try Self.identify(try openedWriter(), path)
    identity.withLock { $0 = known.id }
    forecast.withLock { $0 = NumberForecast(nextID: known.nextID) }
  }

  /// The id that the database was given when it was made: 16 hexadecimal digits.
  package var databaseID: String { identity.withLock { $0 ?? "" } }

  /// Whether the schema is the one that this program writes, or one that it may write.
  var isMigrated: Bool { identity.withLock { $0 != nil } }

  static func databaseID(_ database: Database) throws -> String {
    try String.fetchOne(database, sql: "SELECT value FROM meta WHERE key = 'database_id'") ?? ""
  }

  private static func nextID(_ database: Database) throws -> Int64 {
    let sql = "SELECT first_id + count FROM event_batches ORDER BY seq DESC LIMIT 1"
    return try Int64.fetchOne(database, sql: sql) ?? 1
  }

  // MARK: The end

  /// Closes the database; calling it again does nothing.
  ///
  /// - Throws: A ``StoreError`` when the file cannot be closed.
  package func close() throws(StoreError) {
    let closing = connections.withLock { connections in
      defer { connections = nil }
      return connections
    }
    background.withLock { tasks in
      for task in tasks { task.cancel() }
      tasks = []
    }
    do {
      try closing?.mover?.close()
      try closing?.reader?.close()
      try closing?.writer.close()
    } catch {
      throw .wrapping(.operationFailed, "close \(path)", error)
    }
  }

  deinit {
    // Its thread would keep it otherwise.
    try? connections.withLock { $0?.mover }?.close()
    background.withLock { tasks in
      for task in tasks { task.cancel() }
    }
  }
}

extension UnixTime {
  /// The time of the system's clock.
  @Sendable public static func now() -> Self {
    Self(milliseconds: SystemClock.unixMilliseconds)
  }
}
