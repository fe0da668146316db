internal import Dispatch

/// Does blocking work one piece after the other, for callers that must not block.
///
/// SQLite blocks its thread. Tasks share as many threads as there are cores, so a thousand of them
/// that call the database at once would stop everything else; here they wait without a thread.
final class SerialLane: Sendable {
  private let queue: DispatchQueue

  init(_ label: String) {
    queue = DispatchQueue(label: label)
  }

  /// Runs `body` on a thread of the lane, after everything that was asked for before.
  func run<Value: Sendable>(
    _ body: @escaping @Sendable () throws(StoreError) -> Value
  ) async throws(StoreError) -> Value {
    try await result { Result(catching: body) }.get()
  }

  /// The same for a body with errors of any type.
  func runAnything<Value: Sendable>(
    _ body: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await result { Result(catching: body) }.get()
  }

  /// Has `body` run when everything that was asked for before is done.
  func enqueue(_ body: @escaping @Sendable () -> Void) {
    queue.async(execute: body)
  }

  private func result<Value: Sendable, Failure>(
    _ body: @escaping @Sendable () -> Result<Value, Failure>
  ) async -> Result<Value, Failure> {
    await withCheckedContinuation { continuation in
      queue.async { continuation.resume(returning: body()) }
    }
  }
}
