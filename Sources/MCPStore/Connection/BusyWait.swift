internal import Synchronization

internal import MCPSystem

/// Waits for the write lock by asking every millisecond, later every two.
///
/// SQLite's own timeout sleeps up to 100 ms between attempts, so that a small commit beside two
/// bulk writers waits 600 ms and more; a random part keeps waiting processes from moving in step.
/// Who waits long, waits for bulk writers: eight of them that ask take a tenth of a core.
final class BusyWait: Sendable {
  private static let manyAttempts = 20

  private let timeout: Int64
  private let sign: WaitSign?
  private let began = Mutex<Int64>(0)
  private let waited = Mutex<Int64>(0)

  /// Creates a wait.
  ///
  /// - Parameters:
  ///   - timeout: How long it is at most.
  ///   - sign: Shows others that somebody waits, if they are to know.
  init(timeout: Duration, sign: WaitSign? = nil) {
    self.timeout = timeout.wholeMilliseconds
    self.sign = sign
  }

  /// Whether somebody else waits for the lock, or may wait.
  var othersWait: Bool { sign?.isSeen ?? false }

  /// Notes that the lock is there, or that nobody waits for it any more.
  func end() { sign?.hide() }

  /// How long callers have waited in all, in milliseconds.
  var totalMilliseconds: Int64 { waited.withLock { $0 } / 1000 }

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
    sign?.show()
    guard now - start < timeout else { return false }
    let pause = UInt32.random(in: attempts < Self.manyAttempts ? 500...1500 : 1500...3000)
    Sleep.microseconds(pause)
    waited.withLock { $0 += Int64(pause) }
    return true
  }
}

extension Duration {
  /// The whole milliseconds in it.
  var wholeMilliseconds: Int64 {
    components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
  }
}
