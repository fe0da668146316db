internal import GRDB
internal import Synchronization

package import MCPEvents
internal import MCPSystem

/// The database of what agents did: instances, their events, and how they came from each other.
///
/// A store may be used from many tasks and threads at once. Writes are done one after the other, in
/// transactions that are all or nothing.
public final class AgentStore: Sendable {
  /// The file of the database.
  package let path: String

  /// The id that the database was given when it was made: 16 hexadecimal digits.
  package let databaseID: String

  let wait: BusyWait
  private let writer: Mutex<DatabaseQueue?>

  /// What is known of the log of batches, used inside write transactions only.
  let log = Mutex(BatchLog())

  /// Makes hashes ahead of transactions.
  let preparation: Mutex<Preparation>

  /// Tells the time.
  package let now: @Sendable () -> UnixTime

  struct Preparation: Sendable {
    var forecast: NumberForecast
    var sealer: Sealer
  }

  /// Opens or creates a database.
  ///
  /// - Parameters:
  ///   - path: The file, or `:memory:`.
  ///   - options: How.
  ///   - now: Tells the time; tests give a clock of their own.
  /// - Throws: A ``StoreError`` that says what is in the way.
  package init(
    path: String,
    options: WriterOptions = WriterOptions(),
    now: @escaping @Sendable () -> UnixTime = UnixTime.now
  ) throws(StoreError) {
    self.path = path
    self.now = now
    wait = BusyWait(timeout: options.busyTimeout)
    let queue = try DatabaseOpening.writer(path, options, wait)
    do {
      let (identifier, nextID) = try queue.read { database in
        (try Self.databaseID(database), try Self.nextID(database))
      }
      databaseID = identifier
      preparation = Mutex(
        Preparation(forecast: NumberForecast(nextID: nextID), sealer: Sealer(origin: identifier))
      )
    } catch {
      throw .wrapping(.initializationFailed, "read \(path)", error)
    }
    writer = Mutex(queue)
  }

  static func databaseID(_ database: Database) throws -> String {
    try String.fetchOne(database, sql: "SELECT value FROM meta WHERE key = 'database_id'") ?? ""
  }

  private static func nextID(_ database: Database) throws -> Int64 {
    let sql = "SELECT first_id + count FROM event_batches ORDER BY seq DESC LIMIT 1"
    return try Int64.fetchOne(database, sql: sql) ?? 1
  }

  /// Runs `body` in a write transaction, which a thrown error undoes.
  ///
  /// - Parameters:
  ///   - code: The operation, for the error.
  ///   - action: What is done to what, for the error.
  ///   - body: Gets the connection, which it must not keep.
  /// - Returns: What `body` returns.
  /// - Throws: A ``StoreError``.
  func write<Value>(
    _ code: StoreError.Code,
    _ action: @autoclosure () -> String,
    _ body: (Database) throws -> Value
  ) throws(StoreError) -> Value {
    let queue = try openQueue()
    do {
      return try queue.writeWithoutTransaction { database in
        var value: Value?
        try database.inTransaction(.immediate) {
          try Migrator.checkWriter(database, path)
          value = try body(database)
          return .commit
        }
        guard let value else { throw DatabaseError(resultCode: .SQLITE_ABORT) }
        return value
      }
    } catch {
      throw .wrapping(code, action(), error)
    }
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
      return try queue.writeWithoutTransaction(body)
    } catch {
      throw .wrapping(code, action(), error)
    }
  }

  func openQueue() throws(StoreError) -> DatabaseQueue {
    guard let queue = writer.withLock({ $0 }) else {
      throw StoreError(.connectionFailed, .closed, "the store at \(path) has been disconnected")
    }
    return queue
  }

  /// Closes the database; calling it again does nothing.
  ///
  /// - Throws: A ``StoreError`` when the file cannot be closed.
  package func close() throws(StoreError) {
    let queue = writer.withLock { queue in
      defer { queue = nil }
      return queue
    }
    do { try queue?.close() } catch { throw .wrapping(.operationFailed, "close \(path)", error) }
  }
}

extension UnixTime {
  /// The time of the system's clock.
  @Sendable package static func now() -> Self {
    Self(milliseconds: SystemClock.unixMilliseconds)
  }
}
