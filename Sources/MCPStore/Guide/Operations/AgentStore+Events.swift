public import MCPEvents

extension AgentStore {
  /// Logs an event: when the call returns, it is on disk.
  ///
  /// Events that several tasks log at once are committed together, which costs as much as one.
  ///
  /// - Parameter event: The event. If one with its ``NewMCPEvent/eventUID`` is stored already,
  ///   nothing happens.
  /// - Returns: The number under which it is stored.
  /// - Throws: A ``StoreError`` with the code ``StoreError/Code/logFailed``, or
  ///   ``StoreError/Code/instanceNotFound`` where unknown instances are not to be created.
  @discardableResult
  public func logMCPEvent(_ event: NewMCPEvent) async throws(StoreError) -> Int64 {
    try await logTogether(event)
  }

  /// Logs many events in one transaction: all of them, or none.
  ///
  /// - Parameter events: The events, in their order.
  /// - Returns: What became of them.
  /// - Throws: A ``StoreError``, as ``logMCPEvent(_:)`` does; it says which event is wrong.
  @discardableResult
  public func logMCPEvents(_ events: [NewMCPEvent]) async throws(StoreError) -> LoggedEvents {
    try await perform(.logFailed) { try $0.logMCPEvents(events) }
  }

  /// The events of an instance, the newest first.
  ///
  /// Of several records of one call only the newest is there.
  ///
  /// - Parameters:
  ///   - instanceID: The instance; one that is unknown has no events.
  ///   - limit: How many at most; all if `nil`.
  /// - Returns: The events.
  /// - Throws: A ``StoreError``.
  public func mcpEvents(
    _ instanceID: String,
    limit: Int? = nil
  ) async throws(StoreError) -> [MCPEvent] {
    try await query("list the events of \(instanceID.quotedForMessage)") {
      let filter = MCPEventFilter(instanceIDs: [instanceID])
      return try RecordQueries.newestEvents(filter.conditions(), limit: limit, $0)
    }
  }

  /// The events of all instances since a moment, the newest first.
  ///
  /// - Parameters:
  ///   - since: The earliest time that counts.
  ///   - limit: How many at most; all if `nil`.
  /// - Returns: The events.
  /// - Throws: A ``StoreError``.
  public func recentMCPEvents(
    since: UnixTime,
    limit: Int? = nil
  ) async throws(StoreError) -> [MCPEvent] {
    try await query("list recent events") {
      let filter = MCPEventFilter(since: since)
      return try RecordQueries.newestEvents(filter.conditions(), limit: limit, $0)
    }
  }
}
