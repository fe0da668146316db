import MCPStore
import MCPTestSupport
import Testing

@Suite struct `Creating an instance` {
  @Test func `stores every field`() async throws {
    let clock = TestClock()
    let store = try await AgentStore.inMemory(clock: clock)
    try await store.createInstance(.sample { $0.id = "parent" })
    var new = NewInstance.sample {
      $0.type = .review
      $0.agentNumber = 3
      $0.parentInstanceID = "parent"
      $0.metadata = "{\"labels\":\n{\"team\":\"core\"}}"
    }
    (new.prNumber, new.prURL) = (456, "https://github.com/org/repo/pull/456")
    (new.name, new.agent, new.model) = ("Ada", "claude", "opus")
    (new.repository, new.host, new.osUser) = ("org/repo", "box", "dev")
    let id = try await store.createInstance(new)
    let stored = try #require(try await store.instance(id))
    #expect(stored.type == .review)
    #expect(stored.status == .started)
    #expect(stored.worktreePath == new.worktreePath)
    #expect(stored.branchName == new.branchName)
    #expect(stored.baseBranch == "main")
    #expect(stored.tmuxSession == new.tmuxSession)
    #expect(stored.claudePID == new.claudePID)
    #expect(stored.issueNumber == new.issueNumber)
    #expect(stored.agentNumber == 3)
    #expect(stored.systemPrompt == new.systemPrompt)
    #expect(stored.parentInstanceID == "parent")
    #expect(stored.prNumber == 456)
    #expect(stored.prURL == new.prURL)
    #expect([stored.name, stored.agent, stored.model] == ["Ada", "claude", "opus"])
    #expect([stored.repository, stored.host, stored.osUser] == ["org/repo", "box", "dev"])
    #expect(stored.metadata == "{\"labels\": {\"team\":\"core\"}}")
    #expect(stored.createdAt == clock.now)
    #expect(stored.lastActivity == clock.now)
    #expect(stored.statusChangedAt == clock.now)
    #expect(stored.terminatedAt == nil)
    #expect(stored.eventCount == 0)
  }

  @Test func `fails if the id is taken`() async throws {
    let store = try await AgentStore.inMemory()
    let instance = NewInstance.sample()
    try await store.createInstance(instance)
    await expectFailure(.instanceExists, .exists, mentioning: instance.id) {
      try await store.createInstance(instance)
    }
    #expect(StoreError.Code.instanceExists.rawValue == "DATABASE_INSTANCE_EXISTS")
  }

  @Test func `makes a parent that is unknown`() async throws {
    let store = try await AgentStore.inMemory()
    try await store.createInstance(.sample { $0.parentInstanceID = "unknown-parent" })
    #expect(try await store.instance("unknown-parent")?.status == .started)
  }

  @Test func `takes words of the user's own`() async throws {
    let store = try await AgentStore.inMemory()
    let id = try await store.createInstance(
      .sample {
        $0.type = "acme.merge_fix"
        $0.status = "acme.paused"
      }
    )
    #expect(try await store.instance(id)?.type == "acme.merge_fix")
    #expect(try await store.instances(matching: .init(statuses: ["acme.paused"])).count == 1)
  }

  @Test(
    arguments: [
      Refused<NewInstance>("id") { $0.id = "" },
      Refused<NewInstance>("id") { $0.id = String(repeating: "x", count: 1 << 20) },
      Refused<NewInstance>("id") { $0.id = "a\0b" },
      Refused<NewInstance>("type") { $0.type = "codding" },
      Refused<NewInstance>("status") { $0.status = "waiting" },
      Refused<NewInstance>("claude_pid") { $0.claudePID = -1 },
      Refused<NewInstance>("issue_number") { $0.issueNumber = 0 },
      Refused<NewInstance>("metadata") { $0.metadata = "{nope" },
      Refused<NewInstance>("metadata") { $0.metadata = nested(512) },
      Refused<NewInstance>("parent_instance_id") { $0.parentInstanceID = "" },
      Refused<NewInstance>("parent_instance_id") { $0.parentInstanceID = $0.id },
      Refused<NewInstance>("terminated_at") { $0.setBackwardTimes() },
      Refused<NewInstance>("created_at") { $0.createdAt = UnixTime(milliseconds: .max) },
    ]
  )
  func `refuses what is not allowed, names the field and stores nothing`(
    refused: Refused<NewInstance>
  ) async throws {
    let store = try await AgentStore.inMemory()
    let error = await expectFailure(.insertFailed, .invalid, mentioning: "'\(refused.field)'") {
      try await store.createInstance(.sample { refused.change(&$0) })
    }
    #expect((error?.message.utf8.count ?? 0) < 400)
    #expect(try await store.instances().isEmpty)
  }

  @Test func `suggests the word that was probably meant`() async throws {
    let store = try await AgentStore.inMemory()
    await expectFailure(.insertFailed, .invalid, mentioning: "did you mean 'coding'?") {
      try await store.createInstance(.sample { $0.type = "codding" })
    }
  }

  @Test func `sets the end of one that has ended`() async throws {
    let clock = TestClock()
    let store = try await AgentStore.inMemory(clock: clock)
    let id = try await store.createInstance(.sample { $0.status = .terminated })
    #expect(try await store.instance(id)?.terminatedAt == clock.now)
  }
}

/// A JSON array inside of others.
func nested(_ depth: Int) -> String {
  String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
}

extension NewInstance {
  fileprivate mutating func setBackwardTimes() {
    createdAt = UnixTime(milliseconds: 2000)
    terminatedAt = UnixTime(milliseconds: 1000)
  }
}
