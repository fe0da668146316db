internal import Synchronization

extension AgentStore {
  /// Keeps the database and its server in step.
  ///
  /// - Returns: What was moved.
  /// - Throws: A ``StoreError``: the reason is ``StoreError/Reason/notConfigured`` when the cloud is
  ///   off or there is no synchronizer, and else what the synchronizer threw is the cause.
  @discardableResult
  public func sync() async throws(StoreError) -> SyncReport {
    guard isConnected else { throw closed }
    let cloud = configuration.cloud
    guard cloud.enabled else {
      throw StoreError(
        .operationFailed,
        .notConfigured,
        "cannot sync \(path): the cloud is off; set 'cloud.enabled' and 'cloud.syncUrl'"
      )
    }
    guard let synchronizer = configuration.synchronizer else {
      throw StoreError(
        .operationFailed,
        .notConfigured,
        "cannot sync \(path): there is no synchronizer; give one in the configuration"
      )
    }
    return try await syncTurns.take { [self] () async throws(StoreError) in
      do {
        return try await synchronizer.synchronize(self, with: cloud)
      } catch {
        throw StoreError.wrapping(.operationFailed, "sync \(path)", error)
      }
    }
  }
}

/// Lets asynchronous work happen one piece after the other.
final class AsyncTurns: Sendable {
  private struct State {
    var isTaken = false
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())

  /// Runs `body` when it is its turn.
  func take<Value, Failure: Error>(
    _ body: () async throws(Failure) -> Value
  ) async throws(Failure) -> Value {
    await withCheckedContinuation { continuation in
      let isFree = state.withLock { state in
        guard state.isTaken else {
          state.isTaken = true
          return true
        }
        state.waiting.append(continuation)
        return false
      }
      if isFree { continuation.resume() }
    }
    defer {
      let next = state.withLock { state in
        guard !state.waiting.isEmpty else {
          state.isTaken = false
          return CheckedContinuation<Void, Never>?.none
        }
        return state.waiting.removeFirst()
      }
      next?.resume()
    }
    return try await body()
  }
}
