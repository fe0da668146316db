internal import GRDB
internal import Synchronization

internal import MCPEvents

/// Stores events one by one or many at once, sealed, inside an open transaction.
struct EventLog {
  private let database: Database
  private let store: AgentStore
  private let now: UnixTime

  init(_ transaction: borrowing StoreTransaction) {
    database = transaction.database
    store = transaction.store
    now = transaction.now
  }

  /// What became of the events.
  struct Result {
    /// The numbers of those that are new.
    var ids: Range<Int64>
    var duplicates: Int
  }

  /// Stores events in their order.
  func append(_ events: [NewMCPEvent]) throws -> Result {
    var batch = RecordBatch()
    for (index, event) in events.enumerated() {
      do throws(LineRejection) {
        try event.append(to: &batch.events, now: now)
      } catch {
        guard events.count > 1 else { throw error }
        throw LineRejection(error.code, "event \(index + 1) of \(events.count): \(error.message)")
      }
    }
    var context = RunContext()
    context.unknownInstances = store.configuration.unknownInstances
    context.surroundings = store.configuration.surroundings
    // The numbers are assigned here, under the lock, so nothing was hashed ahead.
    var seal = BatchSeal()
    seal.instances.index(&batch.events)
    let committed = try store.log.withLock { log in
      try store.commit(SealedBatch(batch, seal), context, &log, database)
    }
    guard committed.appended.counts.rejected == 0 else { throw unknownInstance(events) }
    let stored = Int64(committed.appended.storedEvents)
    return Result(
      ids: committed.nextID - stored..<committed.nextID,
      duplicates: events.count - Int(stored)
    )
  }

  private func unknownInstance(_ events: [NewMCPEvent]) -> any Error {
    let unknown = events.first {
      (try? RecordQueries.instance($0.instanceID, database)) == .some(nil)
    }
    return StoreError.noInstance(unknown?.instanceID ?? "")
  }

  /// The number of the event that is stored under a uid.
  func id(ofUID uid: String) throws -> Int64? {
    try EventLookup(database, databaseID: store.databaseID).id(of: Array(uid.utf8).span)
  }
}
