internal import GRDB
internal import MCPStore

/// Asks for the first page of 100,000 instances.
enum PageComparison {
  private static let instances = 100_000
  private static let limit = Duration.milliseconds(5)

  static func all(folder: String, count: Int) async throws -> [Comparison] {
    let path = "\(folder)/instances.db"
    let queue = try await Hand.queue(path)
    let store = try await AgentStore.open(.file(path))
    try await fill(store)
    let pages: [(String, InstanceFilter, String, String)] = [
      ("newest first", InstanceFilter(limit: 20), "created_at", ""),
      ("last active first", InstanceFilter(orderBy: .lastActivity, limit: 20), "last_activity", ""),
      (
        "reviews that are started",
        InstanceFilter(types: [.review], statuses: [.started], limit: 20),
        "created_at", "WHERE type = 'review' AND status = 'started'"
      ),
    ]
    var comparisons: [Comparison] = []
    for (name, filter, column, condition) in pages {
      var comparison = Comparison("instances(matching:), \(name)")
      comparison.limit = limit
      for _ in 0..<count {
        try await comparison.run {
          _ = try await store.instances(matching: filter)
        } byHand: {
          _ = try await queue.read { try Hand.page(column, condition, $0) }
        }
      }
      comparisons.append(comparison)
    }
    try await store.disconnect()
    return comparisons
  }

  private static func fill(_ store: AgentStore) async throws {
    for start in stride(from: 0, to: instances, by: 1000) {
      try await store.transaction { transaction in
        for number in start..<start + 1000 {
          var instance = NewInstance(id: "work-\(number)")
          instance.type = number.isMultiple(of: 10) ? .review : .coding
          try transaction.createInstance(instance)
        }
      }
    }
  }
}
