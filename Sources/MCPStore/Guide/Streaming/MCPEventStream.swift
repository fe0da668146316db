internal import GRDB

internal import MCPEvents

/// The events of a database as they come, also from other processes.
///
///     for try await event in store.events(after: last) { … }
///
/// It never ends by itself: it ends when its task is cancelled, and throws when the store is
/// disconnected.
public struct MCPEventStream: AsyncSequence, Sendable {
  /// What is iterated over.
  public typealias Element = MCPEvent
  /// What iterating may throw.
  public typealias Failure = StoreError

  fileprivate let store: AgentStore
  fileprivate let start: Int64
  fileprivate let filter: MCPEventFilter

  /// Begins an iteration, which goes on from the event that the stream was made with.
  public func makeAsyncIterator() -> Iterator {
    Iterator(store: store, last: start, filter: filter)
  }

  /// One iteration.
  public struct Iterator: AsyncIteratorProtocol {
    private let store: AgentStore
    private let filter: MCPEventFilter
    private var last: Int64
    private var version: Int64?
    private var waiting: ArraySlice<MCPEvent> = []

    private static let pageSize = 256
    private static let interval = Duration.milliseconds(50)

    fileprivate init(store: AgentStore, last: Int64, filter: MCPEventFilter) {
      self.store = store
      self.last = last
      self.filter = filter
    }

    /// The next event, waiting for it if need be; `nil` when the task is cancelled.
    ///
    /// - Throws: A ``StoreError`` when the database cannot be read, or was disconnected.
    public mutating func next(
      isolation actor: isolated (any Actor)? = #isolation
    ) async throws(StoreError) -> MCPEvent? {
      while !Task.isCancelled {
        if let event = waiting.popFirst() {
          last = event.id
          return event
        }
        let page = try await store.page(after: last, filter, Self.pageSize, ifNot: version)
        version = page.version
        waiting = page.events[...]
        guard waiting.isEmpty else { continue }
        do { try await Task.sleep(for: Self.interval) } catch { return nil }
      }
      return nil
    }

    /// The next event; see ``next(isolation:)``.
    public mutating func next() async throws(StoreError) -> MCPEvent? {
      try await next(isolation: nil)
    }
  }
}

@available(*, unavailable)
extension MCPEventStream.Iterator: Sendable {}

extension AgentStore {
  /// The events that are stored from now on, or after a given one, as they come.
  ///
  /// They come in the order of storing, each once, no later than 250 ms after they were stored by
  /// whichever process. Nothing is kept for a slow reader: it reads on where it stands.
  ///
  /// - Parameters:
  ///   - id: The number of the last event that is known; 0 is the beginning.
  ///   - filter: Which events; all, unless given.
  /// - Returns: The stream.
  public func events(
    after id: Int64 = 0,
    matching filter: MCPEventFilter = MCPEventFilter()
  ) -> MCPEventStream {
    MCPEventStream(store: self, start: id, filter: filter)
  }

  /// The number of the newest event; 0 when there is none.
  ///
  /// - Throws: A ``StoreError``.
  public func lastEventID() async throws(StoreError) -> Int64 {
    try await query("find the last event") {
      try Int64.fetchOne($0, sql: "SELECT MAX(id) FROM mcp_events") ?? 0
    }
  }

  fileprivate struct EventPage: Sendable {
    var events: [MCPEvent]
    /// Changes when another connection commits.
    var version: Int64?
  }

  /// The next events, unless the database is known not to have changed.
  fileprivate func page(
    after id: Int64,
    _ filter: MCPEventFilter,
    _ limit: Int,
    ifNot known: Int64?
  ) async throws(StoreError) -> EventPage {
    let seesOwnWrites = hasOwnReader
    return try await query("read the events after \(id)") { database in
      let version =
        seesOwnWrites ? try Int64.fetchOne(database, sql: "PRAGMA data_version") : nil
      if let version, version == known { return EventPage(events: [], version: version) }
      let events = try RecordQueries.events(
        after: id,
        filter.conditions(),
        limit: limit,
        database
      )
      // A full page may not be the last one.
      return EventPage(events: events, version: events.count < limit ? version : nil)
    }
  }
}
