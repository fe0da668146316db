internal import Synchronization

internal import MCPSystem

/// Waits for the write lock by asking every millisecond.
///
/// SQLite's own timeout sleeps up to 100 ms between attempts, so that a small commit beside two
/// bulk writers waits 600 ms and more; a random part keeps waiting processes from moving in step.
final class BusyWait: Sendable {
  private let timeout: Int64
  /// A shorter timeout, while one is in force.
  private let limit = Mutex<Int64?>(nil)
  private let began = Mutex<Int64>(0)
  private let waited = Mutex<Int64>(0)

  /// Creates a wait of at most `timeout`.
  init(timeout: Duration) {
    self.timeout = timeout.wholeMilliseconds
  }

  /// How long callers have waited in all, in milliseconds.
  var totalMilliseconds: Int64 { waited.withLock { $0 } }

  /// Runs `body`, in which no lock is waited for longer than `limit`.
  func limited<Value, Failure: Error>(
    to limit: Duration,
    _ body: () throws(Failure) -> Value
  ) throws(Failure) -> Value {
    self.limit.withLock { $0 = limit.wholeMilliseconds }
    defer { self.limit.withLock { $0 = nil } }
    return try body()
  }

  /// Sleeps a moment; called by SQLite while the lock is not free.
  ///
  /// - Parameter attempts: How often it has been called for this lock.
  /// - Returns: Whether to try again.
  func again(attempts: Int) -> Bool {
    let now = SystemClock.monotonicMilliseconds
    let start = began.withLock { start in
      if attempts == 0 { start = now }
      return start
    }
    guard now - start < limit.withLock({ $0 }) ?? timeout else { return false }
    Sleep.microseconds(.random(in: 500...1500))
    waited.withLock { $0 += 1 }
    return true
  }
}

extension Duration {
  /// The whole milliseconds in it.
  var wholeMilliseconds: Int64 {
    components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
  }
}
