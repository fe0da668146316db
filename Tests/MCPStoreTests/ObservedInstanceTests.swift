import MCPEvents
import MCPStore
import MCPTestSupport
import Testing

@Suite struct `An instance that was observed` {
  private let clock = TestClock()

  /// A record of an instance, as recorders of agents' streams make them.
  private func note(
    _ id: String,
    _ fill: (inout RecordPatch) throws -> Void = { _ in }
  ) throws -> RecordPatch {
    var patch = RecordPatch(.instance)
    patch.isObserved = true
    try patch.set("id", .text(id))
    try fill(&patch)
    return patch
  }

  private func record(_ patches: [RecordPatch], _ store: AgentStore) throws {
    var context = RunContext()
    context.surroundings.host = "box"
    context.surroundings.user = "dev"
    context.surroundings.worktreePath = "/elsewhere"
    var batch = RecordBatch()
    for patch in patches { batch.append(.upsert(patch)) }
    let seal = store.seal(&batch)
    _ = try store.append(batch, seal, in: context)
  }

  @Test func `has the host and the user of the writer, and no other surroundings`() async throws {
    let store = try await AgentStore.inMemory(clock: clock)
    let child = try note("s1:x") { try $0.setFirst("parent_instance_id", .text("s1")) }
    try record([child], store)
    for id in ["s1", "s1:x"] {
      let stored = try #require(try await store.instance(id))
      #expect([stored.host, stored.osUser, stored.worktreePath] == ["box", "dev", nil])
    }
  }

  @Test func `keeps the host that somebody wrote down`() async throws {
    let store = try await AgentStore.inMemory(clock: clock)
    var new = NewInstance(id: "s1")
    new.host = "far"
    try await store.createInstance(new)
    try record([note("s1")], store)
    let stored = try #require(try await store.instance("s1"))
    #expect([stored.host, stored.osUser] == ["far", "dev"])
  }

  @Test func `keeps where it began, and the earliest time`() async throws {
    let store = try await AgentStore.inMemory(clock: clock)
    for (directory, time) in [("/w", 20), ("/w/sub", 30), ("/v", 10)] as [(String, Int64)] {
      let patch = try note("s1") {
        try $0.setFirst("worktree_path", .text(directory))
        try $0.setFirst("created_at", .integer(time))
      }
      try record([patch], store)
    }
    let stored = try #require(try await store.instance("s1"))
    #expect(stored.worktreePath == "/w")
    #expect(stored.createdAt == UnixTime(milliseconds: 10))
  }

  private func end(_ id: String, at time: Int64, _ store: AgentStore) async throws {
    var end = NewMCPEvent(instanceID: id, toolName: "status_update", success: true)
    end.statusChange = .terminated
    end.isStatusUpdating = true
    end.timestamp = UnixTime(milliseconds: time)
    try await store.logMCPEvent(end)
  }

  @Test func `ends after a beginning that is learnt late`() async throws {
    let store = try await AgentStore.inMemory(clock: clock)
    try record([note("s1") { try $0.setFirst("created_at", .integer(20)) }], store)
    try record([note("s1") { try $0.setFirst("created_at", .integer(10)) }], store)
    try await end("s1", at: 15, store)
    let ended = try #require(try await store.instance("s1"))
    #expect(ended.status == .terminated)
    #expect(ended.terminatedAt == UnixTime(milliseconds: 15))
  }

  @Test func `keeps a status that was changed, whenever it began`() async throws {
    let store = try await AgentStore.inMemory(clock: clock)
    try record([note("s1") { try $0.setFirst("created_at", .integer(20)) }], store)
    try await end("s1", at: 30, store)
    try record([note("s1") { try $0.setFirst("created_at", .integer(10)) }], store)
    let ended = try #require(try await store.instance("s1"))
    #expect(ended.terminatedAt == UnixTime(milliseconds: 30))
    try await end("s1", at: 15, store)
    #expect(try await store.instance("s1")?.terminatedAt == UnixTime(milliseconds: 30))
  }

  @Test func `is no more active for being noticed again`() async throws {
    let store = try await AgentStore.inMemory(clock: clock)
    let first = try note("s1") {
      try $0.setFirst("created_at", .integer(20))
      try $0.set("model", .text("opus"))
    }
    try record([first], store)
    let before = try #require(try await store.instance("s1"))
    clock.advance(by: .seconds(60))
    try record([first, try note("s1") { try $0.set("model", .text("haiku")) }], store)
    let after = try #require(try await store.instance("s1"))
    #expect(before.lastActivity == UnixTime(milliseconds: 20))
    #expect(after.lastActivity == before.lastActivity)
    #expect(after.model == "haiku")
  }
}
