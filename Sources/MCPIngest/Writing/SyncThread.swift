internal import Dispatch
internal import Synchronization

internal import MCPStore
internal import MCPSystem

/// Waits for the disk after a commit, while the next transaction goes on.
///
/// One wait is under way at most. A thread is started when the first is asked for.
final class SyncThread: Sendable {
  typealias Report = @Sendable () -> Void

  private struct State: ~Copyable {
    var worker: Worker<Void, Never>?
    var isUnderWay = false
    var failure: StoreError?
  }

  private let store: AgentStore
  private let requests = BoundedQueue<Report>(capacity: 1)
  private let done = DispatchSemaphore(value: 0)
  private let state = Mutex(State())

  /// Waits for commits to `store`.
  init(_ store: AgentStore) {
    self.store = store
  }

  /// Begins to wait for all that is committed, once an earlier wait has ended.
  ///
  /// - Parameter report: Called when all is on the disk, on the thread.
  /// - Throws: A ``StoreError`` when the disk has failed.
  func begin(then report: @escaping Report) throws(StoreError) {
    try wait()
    guard start() else { return try syncNow(then: report) }
    state.withLock { $0.isUnderWay = true }
    _ = requests.push(report)
  }

  /// Waits for all that is committed, here.
  ///
  /// - Parameter report: Called when all is on the disk.
  /// - Throws: A ``StoreError`` when the disk has failed, now or before.
  func syncNow(then report: Report) throws(StoreError) {
    try wait()
    try store.syncLog()
    report()
  }

  /// Waits for the end of what was begun.
  ///
  /// - Throws: A ``StoreError`` when the disk has failed, now or before.
  func wait() throws(StoreError) {
    let isUnderWay = state.withLock { state in
      defer { state.isUnderWay = false }
      return state.isUnderWay
    }
    if isUnderWay { done.wait() }
    if let failure = state.withLock({ $0.failure }) { throw failure }
  }

  /// Ends the thread.
  func close() {
    requests.close()
    state.withLock { $0.worker.take() }?.join()
  }

  /// Whether the thread runs; the system may not allow one more.
  private func start() -> Bool {
    state.withLock { state in
      if state.worker == nil { state.worker = try? Worker { [self] in work() } }
      return state.worker != nil
    }
  }

  private func work() {
    while let report = requests.pop() {
      do throws(StoreError) {
        try store.syncLog()
        report()
      } catch {
        state.withLock { $0.failure = error }
      }
      done.signal()
    }
  }
}
