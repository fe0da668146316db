import Dispatch

/// Blocks a thread until another one lets it go on.
final class BlockingWait: Sendable {
  private let semaphore = DispatchSemaphore(value: 0)

  /// Lets the waiting thread go on.
  func open() { semaphore.signal() }

  /// Blocks the calling thread.
  func wait() { semaphore.wait() }
}
