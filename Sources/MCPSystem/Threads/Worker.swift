internal import Glibc
internal import Synchronization

/// A thread that computes one result.
///
/// Join it to get the result. A worker that is dropped without that is waited for all the same, so
/// no thread outlives its owner unless it is detached; make sure that it ends, for example by closing
/// its queue.
package struct Worker<Success: Sendable, Failure: Error>: ~Copyable {
  private let thread: pthread_t
  private let outcome: WorkerOutcome<Success, Failure>
  private var isJoined = false

  /// Starts a thread.
  ///
  /// - Parameter body: What it does.
  /// - Throws: A `SystemError` when the system allows no more threads.
  package init(
    _ body: @escaping @Sendable () throws(Failure) -> Success
  ) throws(SystemError) {
    let outcome = WorkerOutcome<Success, Failure>()
    thread = try startThread { outcome.set(Result(catching: body)) }
    self.outcome = outcome
  }

  deinit {
    guard !isJoined else { return }
    _ = pthread_join(thread, nil)
  }

  /// Leaves the thread alone: for one that the process ends without.
  package consuming func detach() {
    isJoined = true
    _ = pthread_detach(thread)
  }

  /// Waits for the end of the thread.
  ///
  /// - Returns: What its body returned.
  /// - Throws: What its body threw.
  package consuming func join() throws(Failure) -> Success {
    isJoined = true
    _ = pthread_join(thread, nil)
    return try outcome.get()
  }
}

/// Where a worker's thread leaves its result.
private final class WorkerOutcome<Success: Sendable, Failure: Error>: Sendable {
  private let result = Mutex<Result<Success, Failure>?>(nil)

  func set(_ result: Result<Success, Failure>) {
    self.result.withLock { $0 = result }
  }

  func get() throws(Failure) -> Success {
    guard let result = result.withLock({ $0 }) else {
      preconditionFailure("a thread that has ended has a result")
    }
    return try result.get()
  }
}

/// What a new thread is to do.
private final class ThreadBody: Sendable {
  let run: @Sendable () -> Void

  init(_ run: @escaping @Sendable () -> Void) {
    self.run = run
  }
}

// The body is retained for the new thread, which releases it; if there is no thread, we do.
private func startThread(
  _ run: @escaping @Sendable () -> Void
) throws(SystemError) -> pthread_t {
  let body = unsafe Unmanaged.passRetained(ThreadBody(run))
  var thread = pthread_t()
  let status = unsafe pthread_create(&thread, nil, runThread, body.toOpaque())
  guard status == 0 else {
    unsafe body.release()
    throw SystemError("pthread_create", number: status)
  }
  return thread
}

// Its argument is always what `startThread` retained.
private func runThread(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let argument = unsafe argument else { return nil }
  unsafe Unmanaged<ThreadBody>.fromOpaque(argument).takeRetainedValue().run()
  return nil
}
