internal import Dispatch
internal import GRDB
internal import Synchronization

internal import MCPSystem

/// Moves pages of the write-ahead log into the database, on a thread and a connection of its own,
/// while a writer goes on.
///
/// SQLite lets the writer do that after a commit, which costs a bulk load a sixth of its time. Beside
/// it nearly nothing is left to move when the log has become long, and only the rest is moved under
/// the write lock: while other processes commit all the time, the log would never be begun anew
/// otherwise, and writing to a file that grows takes far longer than writing over one.
final class LogMover: Sendable {
  /// How many bytes of records are stored between two moves.
  static let interval = 4 << 20
  /// How many bytes a commit puts into the log at least: a few pages of each table and index.
  static let commitSize = 64 << 10
  /// How long the log is when it is to be begun anew: 40 MiB.
  private static let longLog = 5120
  /// How often another process's move is waited for, a millisecond each.
  private static let attempts = 20

  /// What the last move has found.
  enum LogState {
    /// There is nothing to be done.
    case short
    /// All of a long log is moved, so that it can be begun anew: the sooner, the less comes on top.
    case long
    /// A reader of an old state keeps a long log from being moved.
    case heldUp
  }

  private let queue: DatabaseQueue
  private let requests = DispatchSemaphore(value: 0)
  private let isClosing = Atomic(false)
  private let lastState = Mutex(LogState.short)
  private let thread = Mutex<Worker<Void, Never>?>(nil)

  /// Starts the thread.
  ///
  /// - Parameters:
  ///   - path: The database, which is open for writing elsewhere.
  ///   - options: How it was opened.
  /// - Throws: A `DatabaseError` or `SystemError` when there can be no second connection or thread.
  init(path: String, _ options: WriterOptions) throws {
    queue = try DatabaseOpening.mover(path, options)
    try thread.withLock { $0 = try Worker { [self] in work() } }
  }

  /// What the last move has found.
  var state: LogState { lastState.withLock { $0 } }

  /// Asks for the log to be moved, soon.
  func request() { requests.signal() }

  private func work() {
    while true {
      requests.wait()
      guard !isClosing.load(ordering: .relaxed) else { return }
      move()
    }
  }

  /// Moves what no reader of an old state needs.
  ///
  /// What cannot be moved now is moved later; that the log grows is shown by the runs.
  func move() {
    for _ in 0..<Self.attempts {
      do {
        let result = try queue.writeWithoutTransaction { try $0.checkpoint(.passive) }
        let isComplete = result.checkpointedFrameCount == result.walFrameCount
        let state: LogState = isComplete ? .long : .heldUp
        lastState.withLock { $0 = result.walFrameCount < Self.longLog ? .short : state }
        return
      } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
        Sleep.microseconds(1000)
      } catch {
        return
      }
    }
  }

  /// Moves the rest of a long log while nobody writes, so that the next commit begins it anew.
  ///
  /// - Parameter database: The writer's connection, outside of a transaction; it waits for the lock.
  func finish(_ database: Database) {
    // A transaction that writes nothing; who reads an old state is not waited for.
    try? database.inTransaction(.immediate) {
      move()
      return .rollback
    }
    lastState.withLock { if $0 == .long { $0 = .short } }
  }

  /// Ends the thread and closes its connection.
  ///
  /// - Throws: A `DatabaseError` when the file cannot be closed.
  func close() throws {
    isClosing.store(true, ordering: .relaxed)
    requests.signal()
    thread.withLock { $0.take() }?.join()
    try queue.close()
  }
}
