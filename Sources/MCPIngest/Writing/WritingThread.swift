internal import Dispatch

internal import MCPSystem

/// The thread that writes, for one input after the other.
///
/// It begins before the thread that reads may let others go first: on Linux a new thread inherits
/// the priority of the one that starts it, and whoever holds the write lock must not be held up.
final class WritingThread: Sendable {
  /// The writing of one input.
  final class Turn: Sendable {
    private let writer: BatchWriter
    private let isOver = DispatchSemaphore(value: 0)

    fileprivate init(_ writer: BatchWriter) { self.writer = writer }

    fileprivate func run() {
      writer.work()
      isOver.signal()
    }

    /// Waits until everything is written; called once.
    func join() { isOver.wait() }
  }

  private let turns = BoundedQueue<Turn>(capacity: 1)
  private let worker: Worker<Void, Never>

  /// Starts the thread.
  ///
  /// - Throws: A `SystemError` when the system allows no more threads.
  init() throws(SystemError) {
    worker = try Worker { [turns] in
      while let turn = turns.pop() { turn.run() }
    }
  }

  /// Has a writer work until its outbox is closed and empty.
  func begin(_ writer: BatchWriter) -> Turn {
    let turn = Turn(writer)
    _ = turns.push(turn)
    return turn
  }

  // The worker waits for its thread when it goes, after this.
  deinit { turns.close() }
}
