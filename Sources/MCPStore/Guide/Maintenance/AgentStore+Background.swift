internal import Synchronization

extension AgentStore {
  /// Begins what goes on by itself: maintenance and automatic syncs, where they are asked for.
  func beginBackgroundWork() {
    let maintenance = configuration.maintenance
    let intervals = [
      maintenance.vacuumInterval, maintenance.logRetention,
      maintenance.autoBackup ? Self.longestPause : nil,
    ].compactMap(\.self)
    if let shortest = intervals.min() {
      repeating(every: min(shortest, Self.longestPause), .atOnce) { store in
        _ = try await store.runMaintenance()
      }
    }
    let cloud = configuration.cloud
    if cloud.enabled, configuration.synchronizer != nil, let interval = cloud.syncInterval {
      repeating(every: interval, .afterTheInterval) { store in _ = try await store.sync() }
    }
  }

  private static let longestPause = Duration.seconds(3600)

  private enum Beginning {
    case atOnce, afterTheInterval
  }

  /// Does something again and again until the store is disconnected or nobody has it any more.
  private func repeating(
    every interval: Duration,
    _ beginning: Beginning,
    _ work: @escaping @Sendable (AgentStore) async throws -> Void
  ) {
    let task = Task { [weak self] in
      if beginning == .afterTheInterval { try? await Task.sleep(for: interval) }
      // Only a turn keeps the store; the pause between two does not.
      while !Task.isCancelled, await self?.turn(work) ?? false {
        try? await Task.sleep(for: interval)
      }
    }
    background.withLock { $0.append(task) }
  }

  /// Does something once, and reports its failure.
  ///
  /// - Returns: Whether the store is still open.
  private func turn(
    _ work: @Sendable (AgentStore) async throws -> Void
  ) async -> Bool {
    guard isConnected else { return false }
    do {
      try await work(self)
    } catch {
      // Closing in the middle of it is no failure.
      if isConnected, let error = error as? StoreError { configuration.onBackgroundError?(error) }
    }
    return isConnected
  }
}
