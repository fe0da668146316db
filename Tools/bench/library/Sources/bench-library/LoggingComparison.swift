internal import GRDB
internal import MCPStore

/// Logs events one by one, each in a transaction of its own.
struct LoggingComparison {
  let folder: String
  let count: Int

  private static let metadata = "{\"file\":\"src/main.ts\",\"lines\":50}"

  func run() async throws -> Comparison {
    let store = try await AgentStore.open(.file("\(folder)/ours.db"))
    let queue = try await Hand.queue("\(folder)/by-hand.db")
    try await store.createInstance(NewInstance(id: "work-1"))
    try await queue.write { try Hand.insertInstance("work-1", $0) }
    let event = NewMCPEvent(
      instanceID: "work-1",
      toolName: "edit_file",
      success: true,
      metadata: Self.metadata
    )
    var comparison = Comparison("logMCPEvent : a bare insert in its own transaction")
    for _ in 0..<count {
      try await comparison.run {
        try await store.logMCPEvent(event)
      } byHand: {
        try await queue.write { try Hand.insertEvent("work-1", Self.metadata, $0) }
      }
    }
    try await store.disconnect()
    return comparison
  }
}
