import MCPStore

/// The first page of 100,000 instances, with the filters that people use.
struct FirstPages {
  let file: String

  private static let count = 100_000
  private static let repetitions = 50

  func run() async throws {
    var configuration = StoreConfiguration()
    configuration.local.file = file
    configuration.local.durability = .normal
    let store = try await AgentStore.open(configuration)
    try await fill(store)
    print("first page of \(Self.count) instances  median  p95 (µs)")
    for (name, filter) in Self.filters {
      var sample = Sample()
      for _ in 0..<Self.repetitions {
        try await sample.measure { _ = try await store.instances(matching: filter) }
      }
      print("\(name): \(sample.percentile(0.5).shown) \(sample.percentile(0.95).shown)")
    }
  }

  private func fill(_ store: AgentStore) async throws {
    for start in stride(from: 0, to: Self.count, by: 1000) {
      try await store.transaction { transaction in
        for number in start..<start + 1000 {
          var instance = NewInstance(
            id: "work-\(number)-a1",
            type: number % 3 == 0 ? .review : .coding,
            // Few are at work, and most have ended.
            status: number % 10_000 == 7 ? .waitingReview : .terminated,
            worktreePath: "/worktrees/work-\(number)",
            branchName: "feature/issue-\(number)",
            baseBranch: "main",
            tmuxSession: "work-\(number)",
            claudePID: number + 1,
            issueNumber: number / 4 + 1,
            systemPrompt: String(repeating: "You are a coding assistant. ", count: 20)
          )
          instance.createdAt = UnixTime(milliseconds: 1_767_225_600_000 + Int64(number) * 1000)
          if number % 50 == 0, number > 0 { instance.parentInstanceID = "work-0-a1" }
          try transaction.createInstance(instance)
        }
      }
    }
  }

  private static let filters: [(String, InstanceFilter)] = [
    ("all by created_at", InstanceFilter(limit: 20)),
    ("all by last_activity", InstanceFilter(orderBy: .lastActivity, limit: 20)),
    (
      "all by terminated_at, rising",
      InstanceFilter(orderBy: .terminatedAt, direction: .ascending, limit: 20)
    ),
    ("all by terminated_at, falling", InstanceFilter(orderBy: .terminatedAt, limit: 20)),
    ("reviews", InstanceFilter(types: [.review], orderBy: .lastActivity, limit: 20)),
    (
      "the guide's quick start (few match)",
      InstanceFilter(
        types: [.coding],
        statuses: [.started, .waitingReview],
        orderBy: .lastActivity,
        limit: 10
      )
    ),
    (
      "a status of few",
      InstanceFilter(statuses: [.waitingReview], orderBy: .lastActivity, limit: 20)
    ),
    ("a status of none", InstanceFilter(statuses: [.prCreated], limit: 20)),
    ("one issue", InstanceFilter(issueNumber: 123, limit: 20)),
    ("children of one", InstanceFilter(parentInstance: "work-0-a1", limit: 20, offset: 40)),
    (
      "everything of the guide",
      InstanceFilter(
        types: [.coding, .review],
        statuses: [.terminated],
        issueNumber: 26,
        parentInstance: "work-0-a1",
        orderBy: .lastActivity,
        limit: 20
      )
    ),
  ]
}
