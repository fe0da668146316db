public import MCPEvents

extension StoreTransaction {
  /// Logs an event; see ``AgentStore/logMCPEvent(_:)``.
  @discardableResult
  public func logMCPEvent(_ event: NewMCPEvent) throws(StoreError) -> Int64 {
    try operation(.logFailed, "log an event of \(event.instanceID.quotedForMessage)") {
      let log = EventLog(self)
      let result = try log.append([event])
      if let id = result.ids.first { return id }
      return try event.eventUID.flatMap { try log.id(ofUID: $0) } ?? 0
    }
  }

  /// Logs events of several tasks as one batch.
  ///
  /// - Returns: The number of each.
  func log(_ events: [NewMCPEvent]) throws -> [Int64] {
    let log = EventLog(self)
    let result = try log.append(events)
    guard result.duplicates > 0 else { return Array(result.ids) }
    // New ones have rising numbers in their order; a known one has a uid that says which it is.
    var next = result.ids.lowerBound
    return try events.map { event in
      let id = try event.eventUID.flatMap { try log.id(ofUID: $0) } ?? next
      if id == next { next += 1 }
      return id
    }
  }

  /// Logs events; see ``AgentStore/logMCPEvents(_:)``.
  @discardableResult
  public func logMCPEvents(_ events: [NewMCPEvent]) throws(StoreError) -> LoggedEvents {
    try operation(.logFailed, "log \(events.count) events") {
      guard !events.isEmpty else { return LoggedEvents(ids: 0..<0, duplicates: 0) }
      let result = try EventLog(self).append(events)
      return LoggedEvents(ids: result.ids, duplicates: result.duplicates)
    }
  }

  /// The events of an instance; see ``AgentStore/mcpEvents(_:limit:)``.
  public func mcpEvents(
    _ instanceID: String,
    limit: Int? = nil
  ) throws(StoreError) -> [MCPEvent] {
    try operation(.queryFailed, "list the events of \(instanceID.quotedForMessage)") {
      let filter = MCPEventFilter(instanceIDs: [instanceID])
      return try RecordQueries.newestEvents(filter.conditions(), limit: limit, database)
    }
  }

  /// Events of all instances; see ``AgentStore/recentMCPEvents(since:limit:)``.
  public func recentMCPEvents(
    since: UnixTime,
    limit: Int? = nil
  ) throws(StoreError) -> [MCPEvent] {
    try operation(.queryFailed, "list recent events") {
      let filter = MCPEventFilter(since: since)
      return try RecordQueries.newestEvents(filter.conditions(), limit: limit, database)
    }
  }
}

/// What became of events that were logged together.
public struct LoggedEvents: Hashable, Sendable {
  /// The numbers of those that are new, in their order.
  public let ids: Range<Int64>
  /// How many were known already, by their ``NewMCPEvent/eventUID``.
  public let duplicates: Int
}
