import MCPStore
import MCPTestSupport
import Testing

private struct Refusal: Error {}

@Suite struct `A transaction` {
  @Test func `does all its operations`() async throws {
    let temporary = try await TemporaryStore()
    let store = temporary.store
    let seen = try await store.transaction { transaction in
      try transaction.createInstance(.sample { $0.id = "work" })
      try transaction.createInstance(.sample { $0.id = "review" })
      try transaction.updateInstance("work", InstanceUpdate(prNumber: 9))
      try transaction.updateInstanceStatus("work", to: .waitingReview)
      let relationship = try transaction.createRelationship(.sample(from: "work", to: "review"))
      try transaction.updateRelationship(relationship, RelationshipUpdate(reviewIteration: 2))
      try transaction.logMCPEvent(.sample(of: "work"))
      try transaction.logMCPEvents([.sample(of: "work"), .sample(of: "review")])
      try transaction.upsertGitHubIssue(.sample { $0.number = 1 })
      try transaction.syncGitHubIssues([.sample { $0.number = 2 }])
      try transaction.setConfig("a", "1")
      try transaction.setConfig("b", "2")
      try transaction.deleteConfig("b")
      try transaction.createInstance(.sample { $0.id = "gone" })
      try transaction.deleteInstance("gone")
      // It sees what it has done so far.
      #expect(try transaction.instance("work")?.prNumber == 9)
      #expect(try transaction.relationships(of: "work").first?.reviewIteration == 2)
      #expect(try transaction.config("a") == "1")
      #expect(try transaction.gitHubIssue(2) != nil)
      #expect(try transaction.recentMCPEvents(since: .earliest).count == 4)
      return try transaction.mcpEvents("work").count
    }
    #expect(seen == 3)
    #expect(try await store.instances().count == 2)
    #expect(try await store.instance("work")?.eventCount == 3)
    #expect(try StoreReader(path: temporary.path).check().problems.isEmpty)
  }

  @Test func `does nothing if its closure throws`() async throws {
    let temporary = try await TemporaryStore()
    let store = temporary.store
    try await store.logMCPEvent(.sample(of: "before"))
    await #expect(throws: Refusal.self) {
      try await store.transaction { transaction in
        try transaction.createInstance(.sample())
        try transaction.logMCPEvent(.sample(of: "before"))
        throw Refusal()
      }
    }
    #expect(try await store.instances().map(\.id) == ["before"])
    #expect(try await store.logMCPEvent(.sample(of: "before")) == 2)
    #expect(try StoreReader(path: temporary.path).check().problems.isEmpty)
  }

  @Test func `goes on after an operation whose error it catches`() async throws {
    let temporary = try await TemporaryStore()
    let store = temporary.store
    try await store.createInstance(.sample { $0.id = "taken" })
    try await store.transaction { transaction in
      try transaction.logMCPEvent(.sample(of: "first"))
      #expect(throws: StoreError.self) {
        try transaction.createInstance(
          .sample {
            $0.id = "taken"
            $0.parentInstanceID = "half-written"
          }
        )
      }
      #expect(throws: StoreError.self) {
        try transaction.logMCPEvents([.sample(of: "half"), .sample { $0.metadata = "x" }])
      }
      try transaction.logMCPEvent(.sample(of: "second"))
    }
    #expect(try await store.instances().map(\.id).sorted() == ["first", "second", "taken"])
    #expect(try StoreReader(path: temporary.path).check().problems.isEmpty)
  }

  @Test func `that fails leaves the evidence whole when another store writes next`() async throws {
    let temporary = try await TemporaryStore()
    let other = try await temporary.another()
    for number in 0..<5 {
      await #expect(throws: Refusal.self) {
        try await temporary.store.transaction { transaction in
          try transaction.logMCPEvent(.sample(of: "undone"))
          throw Refusal()
        }
      }
      try await other.logMCPEvent(.sample(of: "other-\(number)"))
      try await temporary.store.logMCPEvent(.sample(of: "own-\(number)"))
    }
    #expect(try StoreReader(path: temporary.path).check().problems.isEmpty)
    #expect(try await other.lastEventID() == 10)
  }
}
