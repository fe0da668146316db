import MCPStore
import MCPSystem
import MCPTestSupport
import Testing

@Suite struct `The connection` {
  @Test func `is there until it is ended, and can be ended twice`() async throws {
    let temporary = try await TemporaryStore()
    let store = temporary.store
    #expect(store.isConnected)
    try await store.disconnect()
    #expect(!store.isConnected)
    try await store.disconnect()
    #expect(!store.isConnected)
    #expect(try FileStatus.of(store.path + "-wal") == nil)
  }

  @Test func `that has ended fails every operation`() async throws {
    let store = try await AgentStore.inMemory()
    try await store.disconnect()
    let operations: [@Sendable () async throws -> Void] = [
      { try await store.createInstance(.sample()) },
      { try await store.updateInstance("a", InstanceUpdate()) },
      { try await store.updateInstanceStatus("a", to: .started) },
      { _ = try await store.instance("a") }, { _ = try await store.instances() },
      { try await store.deleteInstance("a") }, { try await store.logMCPEvent(.sample()) },
      { try await store.logMCPEvents([.sample()]) }, { _ = try await store.mcpEvents("a") },
      { _ = try await store.recentMCPEvents(since: .earliest) },
      { try await store.createRelationship(.sample(from: "a", to: "b")) },
      { _ = try await store.relationships(of: "a") },
      { try await store.updateRelationship(1, RelationshipUpdate()) },
      { try await store.upsertGitHubIssue(.sample()) },
      { _ = try await store.gitHubIssue(1) }, { try await store.syncGitHubIssues([]) },
      { try await store.setConfig("a", "b") }, { _ = try await store.config("a") },
      { try await store.deleteConfig("a") }, { _ = try await store.configKeys() },
      { try await store.rekeyConfig() }, { try await store.vacuum() },
      { try await store.backup(to: "/nowhere/x.db") }, { try await store.sync() },
      { try await store.runMigrations() }, { try await store.transaction { _ in } },
      { _ = try await store.lastEventID() },
    ]
    for operation in operations {
      await expectFailure(.connectionFailed, .closed, mentioning: "disconnected") {
        try await operation()
      }
    }
  }

  @Test func `ends after what was asked for before`() async throws {
    let temporary = try await TemporaryStore()
    let store = temporary.store
    let writes = (0..<50).map { _ in Task { try await store.logMCPEvent(.sample(of: "a")) } }
    var stored = 0
    for write in writes.prefix(10) {
      _ = try await write.value
      stored += 1
    }
    try await store.disconnect()
    for write in writes.dropFirst(10) where (try? await write.value) != nil { stored += 1 }
    let again = try await temporary.another()
    #expect(try await again.mcpEvents("a").count == stored)
  }

  @Test func `to a place that cannot be opened fails with the reason`() async throws {
    let directory = try TemporaryDirectory()
    await expectFailure(.initializationFailed, .notADatabase, mentioning: directory.path) {
      try await AgentStore.open(StoreConfiguration(local: .init(file: directory.path)))
    }
    await expectFailure(.initializationFailed, .cannotCreate) {
      let file = directory.file("no/such/place.db")
      return try await AgentStore.open(StoreConfiguration(local: .init(file: file)))
    }
    let text = directory.file("text.db")
    try write("this is no database, whatever its name may say", to: text)
    await expectFailure(.initializationFailed, .notADatabase, mentioning: text) {
      try await AgentStore.open(StoreConfiguration(local: .init(file: text)))
    }
  }

  @Test func `makes files that only their owner can read`() async throws {
    let temporary = try await TemporaryStore()
    try await temporary.store.logMCPEvent(.sample())
    for suffix in ["", "-wal", "-shm"] {
      #expect(try FileStatus.of(temporary.path + suffix)?.permissions == 0o600)
    }
  }
}
