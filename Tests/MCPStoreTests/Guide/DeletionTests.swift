import MCPStore
import MCPTestSupport
import Testing

@Suite struct `Deleting an instance` {
  @Test func `takes its events and relationships with it, and leaves its children`() async throws {
    let store = try await AgentStore.inMemory()
    for id in ["gone", "stays"] { try await store.createInstance(.sample { $0.id = id }) }
    try await store.createInstance(
      .sample {
        $0.id = "child"
        $0.parentInstanceID = "gone"
      }
    )
    try await store.createRelationship(.sample(from: "gone", to: "child"))
    try await store.createRelationship(.sample(from: "stays", to: "child"))
    try await store.logMCPEvents(["gone", "stays", "gone"].map { .sample(of: $0) })
    try await store.deleteInstance("gone")
    #expect(try await store.instance("gone") == nil)
    #expect(try await store.mcpEvents("gone").isEmpty)
    #expect(try await store.mcpEvents("stays").count == 1)
    #expect(try await store.relationships(of: "child").map(\.parentInstance) == ["stays"])
    #expect(try await store.instance("child")?.parentInstanceID == nil)
  }

  @Test func `fails if there is none`() async throws {
    let store = try await AgentStore.inMemory()
    await expectFailure(.instanceNotFound, .notFound, mentioning: "'gone'") {
      try await store.deleteInstance("gone")
    }
  }

  @Test func `never gives a number of its events to another`() async throws {
    let store = try await AgentStore.inMemory()
    try await store.logMCPEvent(.sample(of: "a"))
    let last = try await store.logMCPEvent(.sample(of: "gone"))
    try await store.deleteInstance("gone")
    #expect(try await store.logMCPEvent(.sample(of: "a")) == last + 1)
  }

  @Test func `leaves none of its text on the disk`() async throws {
    let temporary = try await TemporaryStore()
    let secret = "correct-horse-battery-staple"
    try await temporary.store.logMCPEvent(
      .sample(of: "gone") { $0.metadata = "{\"typed\":\"\(secret)\"}" }
    )
    #expect(try temporary.directory.contains(secret))
    try await temporary.store.deleteInstance("gone", reason: "asked by its user")
    #expect(try !temporary.directory.contains(secret))
  }

  @Test func `is itself sealed`() async throws {
    let temporary = try await TemporaryStore()
    try await temporary.store.logMCPEvents((1...4).map { .sample(of: $0 == 2 ? "b" : "gone") })
    try await temporary.store.deleteInstance("gone", reason: "asked")
    let report = try StoreReader(path: temporary.path).check()
    #expect(report.problems.isEmpty)
    #expect(report.erasedEvents == 3)
  }
}
