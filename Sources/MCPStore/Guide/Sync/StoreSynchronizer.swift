/// Keeps a store and a server in step.
///
/// The store only decides when: ``AgentStore/sync()`` and ``StoreConfiguration/Cloud/syncInterval``
/// call the synchronizer that ``StoreConfiguration/synchronizer`` names. Calls never overlap.
public protocol StoreSynchronizer: Sendable {
  /// Brings both sides together.
  ///
  /// - Parameters:
  ///   - store: The store.
  ///   - cloud: The server, and how to reach it.
  /// - Returns: What was moved.
  /// - Throws: Whatever was in the way; the store wraps it. The message must not hold the token.
  func synchronize(
    _ store: AgentStore,
    with cloud: StoreConfiguration.Cloud
  ) async throws -> SyncReport
}

/// What a sync moved.
public struct SyncReport: Hashable, Sendable {
  /// How many records the server got.
  public var sent: Int
  /// How many records came from the server.
  public var received: Int

  /// Creates a report.
  public init(sent: Int = 0, received: Int = 0) {
    self.sent = sent
    self.received = received
  }
}
