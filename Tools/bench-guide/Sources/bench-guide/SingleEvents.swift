import GRDB
import MCPStore

/// `logMCPEvent` one by one, beside a bare GRDB insert of the same row into the same schema.
///
/// Each has a transaction of its own. The two take turns, so that both see the same disk.
struct SingleEvents {
  let directory: String

  private static let rounds = 40
  private static let eventsPerRound = 25

  func run() async throws {
    var configuration = StoreConfiguration()
    configuration.local.file = directory + "-store.db"
    let store = try await AgentStore.open(configuration)
    configuration.local.file = directory + "-bare.db"
    let prepared = try await AgentStore.open(configuration)
    try await prepared.createInstance(NewInstance(id: "work-1"))
    try await prepared.disconnect()
    let bare = try bareQueue(directory + "-bare.db")
    var (library, byHand) = (Sample(), Sample())
    var id: Int64 = 0
    for _ in 0..<Self.rounds {
      for _ in 0..<Self.eventsPerRound {
        id += 1
        try await byHand.measure { try insert(id, bare) }
      }
      for _ in 0..<Self.eventsPerRound {
        try await library.measure { _ = try await store.logMCPEvent(Self.event) }
      }
    }
    print("one event           mean    median  p95 (µs)")
    print(
      "bare GRDB insert    \(byHand.mean.shown)  \(byHand.percentile(0.5).shown)  \(byHand.percentile(0.95).shown)"
    )
    print(
      "logMCPEvent         \(library.mean.shown)  \(library.percentile(0.5).shown)  \(library.percentile(0.95).shown)"
    )
    print("ratio of totals     \(library.total / byHand.total)")
    print("ratio of medians    \(library.percentile(0.5) / byHand.percentile(0.5))")
    try await concurrent(store)
  }

  /// A thousand tasks at once, an event each.
  private func concurrent(_ store: AgentStore) async throws {
    var sample = Sample()
    try await sample.measure {
      try await withThrowingTaskGroup { group in
        for _ in 0..<1000 { group.addTask { _ = try await store.logMCPEvent(Self.event) } }
        try await group.waitForAll()
      }
    }
    print("1000 tasks at once  \((sample.total / 1000).shown) µs an event")
  }

  private static let metadata =
    #"{"file":"src/main.ts","lines":50,"note":"a usual size of metadata"}"#

  private static var event: NewMCPEvent {
    NewMCPEvent(instanceID: "work-1", toolName: "edit_file", success: true, metadata: metadata)
  }

  private func bareQueue(_ path: String) throws -> DatabaseQueue {
    let queue = try DatabaseQueue(path: path)
    try queue.writeWithoutTransaction {
      try $0.execute(
        sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON"
      )
    }
    return queue
  }

  private func insert(_ id: Int64, _ queue: DatabaseQueue) throws {
    let now = UnixTime.now().milliseconds
    try queue.write { database in
      try database.execute(
        sql: """
          INSERT INTO mcp_events (id, instance_id, tool_name, success, metadata, timestamp, outcome,
            received_at, instance_seq)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [id, "work-1", "edit_file", 1, Self.metadata, now, "ok", now, id]
      )
    }
  }
}
