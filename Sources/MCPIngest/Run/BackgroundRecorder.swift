internal import Synchronization

internal import MCPStore
internal import MCPSystem

/// A recorder on a thread of its own, whose owner never waits for it.
final class BackgroundRecorder: Sendable {
  /// How far it is.
  enum State: Sendable {
    case opening
    case recording
    case finished
    case failed(any Error)

    /// Whether nothing more will be done.
    var isOver: Bool {
      switch self {
      case .opening, .recording: false
      case .finished, .failed: true
      }
    }
  }

  private let waker: Waker
  private let shared = Mutex<(state: State, store: AgentStore?)>((.opening, nil))

  /// Prepares to record.
  ///
  /// - Parameter waker: Woken when the state changes.
  init(waker: Waker) {
    self.waker = waker
  }

  /// How far it is.
  var state: State { shared.withLock { $0.state } }

  /// Runs `body` while the database is not locked by this process.
  func whileIdle(_ body: () -> Void) {
    guard let store = shared.withLock({ $0.store }) else { return body() }
    store.whileIdle(body)
  }

  /// Opens the database and records; called on the recorder's thread.
  func work(
    _ openStore: () throws -> AgentStore,
    _ record: (AgentStore) throws -> Void
  ) {
    do {
      let store = try openStore()
      advance(to: .recording, store)
      try record(store)
      shared.withLock { $0.store = nil }
      try store.close()
      advance(to: .finished)
    } catch {
      advance(to: .failed(error))
    }
  }

  private func advance(to state: State, _ store: AgentStore? = nil) {
    shared.withLock { $0 = (state, store) }
    waker.wake()
  }

  /// What to tell of a recording that is not complete; `nil` for one that is.
  var complaint: String? {
    switch state {
    case .finished: nil
    case .failed(let error): "not everything was recorded: \(error)"
    case .opening, .recording: "not everything was recorded: there was not enough time"
    }
  }
}
