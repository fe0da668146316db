import MCPStore
import MCPTestSupport
import Testing

@Suite struct `Updating an instance` {
  @Test func `changes what is named, and notes the activity`() async throws {
    let clock = TestClock()
    let store = try await AgentStore.inMemory(clock: clock)
    let new = NewInstance.sample()
    let id = try await store.createInstance(new)
    clock.advance(by: .seconds(5))
    try await store.updateInstance(
      id,
      InstanceUpdate(
        status: .waitingReview,
        prNumber: 456,
        prURL: "https://github.com/org/repo/pull/456"
      )
    )
    let stored = try #require(try await store.instance(id))
    #expect(stored.status == .waitingReview)
    #expect(stored.prNumber == 456)
    #expect(stored.prURL == "https://github.com/org/repo/pull/456")
    #expect(stored.branchName == new.branchName)
    #expect(stored.lastActivity == clock.now)
    #expect(stored.statusChangedAt == clock.now)
  }

  @Test func `clears a column`() async throws {
    let store = try await AgentStore.inMemory()
    let id = try await store.createInstance(.sample())
    try await store.updateInstance(id, InstanceUpdate(clearing: [.issueNumber, .branchName]))
    let stored = try #require(try await store.instance(id))
    #expect(stored.issueNumber == nil)
    #expect(stored.branchName == nil)
    #expect(stored.baseBranch == "main")
  }

  @Test(arguments: InstanceUpdate.Field.allCases)
  func `can clear every column that may be empty`(field: InstanceUpdate.Field) async throws {
    let store = try await AgentStore.inMemory()
    let id = try await store.createInstance(.sample())
    try await store.updateInstance(id, InstanceUpdate(clearing: [field]))
  }

  @Test func `changes every field`() async throws {
    let store = try await AgentStore.inMemory()
    let id = try await store.createInstance(.sample())
    var update = InstanceUpdate()
    (update.type, update.worktreePath, update.branchName) = (.planning, "/w", "b")
    (update.baseBranch, update.tmuxSession, update.claudePID) = ("dev", "t", 7)
    (update.issueNumber, update.parentInstanceID, update.systemPrompt) = (9, "p", "prompt")
    (update.agentNumber, update.name, update.agent) = (2, "n", "codex")
    (update.model, update.repository, update.host) = ("m", "o/r", "h")
    (update.osUser, update.metadata) = ("u", "{}")
    update.terminatedAt = UnixTime(milliseconds: 4_000_000_000_000)
    update.lastActivity = UnixTime(milliseconds: 4_000_000_000_001)
    try await store.updateInstance(id, update)
    let stored = try #require(try await store.instance(id))
    #expect(stored.type == .planning)
    #expect([stored.worktreePath, stored.branchName, stored.baseBranch] == ["/w", "b", "dev"])
    #expect([stored.claudePID, stored.issueNumber, stored.agentNumber] == [7, 9, 2])
    #expect([stored.tmuxSession, stored.parentInstanceID, stored.name] == ["t", "p", "n"])
    #expect([stored.systemPrompt, stored.agent, stored.model] == ["prompt", "codex", "m"])
    #expect([stored.repository, stored.host, stored.osUser] == ["o/r", "h", "u"])
    #expect(stored.metadata == "{}")
    #expect(stored.terminatedAt == update.terminatedAt)
    #expect(stored.lastActivity == update.lastActivity)
  }

  @Test func `of nothing only notes the activity`() async throws {
    let clock = TestClock()
    let store = try await AgentStore.inMemory(clock: clock)
    let id = try await store.createInstance(.sample())
    let before = try #require(try await store.instance(id))
    clock.advance(by: .seconds(1))
    try await store.updateInstance(id, InstanceUpdate())
    let after = try #require(try await store.instance(id))
    #expect(after.lastActivity == clock.now)
    #expect(after.statusChangedAt == before.statusChangedAt)
  }

  @Test func `fails if there is none`() async throws {
    let store = try await AgentStore.inMemory()
    await expectFailure(.instanceNotFound, .notFound, mentioning: "'nobody'") {
      try await store.updateInstance("nobody", InstanceUpdate(prNumber: 1))
    }
  }

  @Test(
    arguments: [
      ("status", InstanceUpdate(status: "waitng_review")),
      ("pr_number", InstanceUpdate(prNumber: -4)),
      ("pr_url", InstanceUpdate(prURL: "https://x", clearing: [.prURL])),
    ]
  )
  func `refuses what is not allowed and changes nothing`(
    field: String,
    update: InstanceUpdate
  ) async throws {
    let store = try await AgentStore.inMemory()
    let id = try await store.createInstance(.sample())
    let before = try await store.instance(id)
    await expectFailure(.updateFailed, .invalid, mentioning: "'\(field)'") {
      try await store.updateInstance(id, update)
    }
    #expect(try await store.instance(id) == before)
  }
}

@Suite struct `Updating the status of an instance` {
  @Test func `changes it and logs that in one transaction`() async throws {
    let clock = TestClock()
    let store = try await AgentStore.inMemory(clock: clock)
    let id = try await store.createInstance(.sample())
    clock.advance(by: .seconds(2))
    try await store.updateInstanceStatus(id, to: .waitingReview)
    let stored = try #require(try await store.instance(id))
    #expect(stored.status == .waitingReview)
    #expect(stored.lastActivity == clock.now)
    #expect(stored.eventCount == 1)
    let event = try #require(try await store.mcpEvents(id).first)
    #expect(event.toolName == "status_update")
    #expect(event.success)
    #expect(event.statusChange == .waitingReview)
    #expect(event.isStatusUpdating)
    #expect(event.metadata == "{\"from\":\"started\"}")
    #expect(event.timestamp == clock.now)
  }

  @Test(arguments: [InstanceStatus.prMerged, .prClosed, .terminated])
  func `to a final one notes the end`(status: InstanceStatus) async throws {
    let clock = TestClock()
    let store = try await AgentStore.inMemory(clock: clock)
    let id = try await store.createInstance(.sample())
    clock.advance(by: .seconds(1))
    try await store.updateInstanceStatus(id, to: status)
    #expect(try await store.instance(id)?.terminatedAt == clock.now)
    try await store.updateInstanceStatus(id, to: .started)
    #expect(try await store.instance(id)?.terminatedAt == nil)
  }

  @Test func `fails if there is none, and logs nothing`() async throws {
    let store = try await AgentStore.inMemory()
    await expectFailure(.instanceNotFound, .notFound) {
      try await store.updateInstanceStatus("nobody", to: .terminated)
    }
    #expect(try await store.lastEventID() == 0)
  }

  @Test func `wins over a clock that went back`() async throws {
    let clock = TestClock()
    let store = try await AgentStore.inMemory(clock: clock)
    let id = try await store.createInstance(.sample())
    clock.advance(by: .seconds(-3600))
    try await store.updateInstanceStatus(id, to: .prCreated)
    #expect(try await store.instance(id)?.status == .prCreated)
  }
}
