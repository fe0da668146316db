internal import GRDB
internal import GRDBSQLite
internal import Synchronization

internal import MCPSystem

/// Ends statements that run longer than an operation may take.
///
/// SQLite asks every few thousand steps of its machine, which costs nothing measurable; a timer
/// that interrupts from outside could hit the operation that comes after.
final class QueryDeadline: Sendable {
  private let timeout: Int64?
  private let deadline = Atomic<Int64>(.max)

  /// Creates a deadline that lies `timeout` after the beginning of each operation.
  init(timeout: Duration?) {
    self.timeout = timeout?.wholeMilliseconds
  }

  /// Runs `body` as one operation.
  func limiting<Value, Failure: Error>(_ body: () throws(Failure) -> Value) throws(Failure) -> Value
  {
    if let timeout {
      deadline.store(SystemClock.monotonicMilliseconds + timeout, ordering: .relaxed)
    }
    defer { deadline.store(.max, ordering: .relaxed) }
    return try body()
  }

  private var isOver: Bool {
    let deadline = deadline.load(ordering: .relaxed)
    return deadline != .max && SystemClock.monotonicMilliseconds > deadline
  }

  private static let stepsBetweenChecks: CInt = 4000

  /// Makes SQLite ask on this connection.
  ///
  /// SQLite keeps the address of the deadline and never frees it; the store owns both, and closes
  /// the connection first.
  func install(on database: Database) {
    guard timeout != nil else { return }
    let context = unsafe Unmanaged.passUnretained(self).toOpaque()
    unsafe sqlite3_progress_handler(
      database.sqliteConnection,
      Self.stepsBetweenChecks,
      { context in
        guard let context = unsafe context else { return 0 }
        return unsafe Unmanaged<QueryDeadline>.fromOpaque(context).takeUnretainedValue().isOver
          ? 1 : 0
      },
      context
    )
  }
}
