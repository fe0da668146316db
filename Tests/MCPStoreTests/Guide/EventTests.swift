import MCPStore
import MCPTestSupport
import Testing

@Suite struct `Logging an event` {
  @Test func `that worked stores its fields`() async throws {
    let clock = TestClock()
    let store = try await AgentStore.inMemory(clock: clock)
    let id = try await store.logMCPEvent(
      NewMCPEvent(
        instanceID: "work-123-a1",
        toolName: "edit_file",
        success: true,
        metadata: #"{"file":"src/main.ts","lines":50}"#
      )
    )
    let event = try #require(try await store.mcpEvents("work-123-a1", limit: 50).first)
    #expect(event.id == id)
    #expect(event.instanceID == "work-123-a1")
    #expect(event.toolName == "edit_file")
    #expect(event.success)
    #expect(event.outcome == .ok)
    #expect(event.metadata == #"{"file":"src/main.ts","lines":50}"#)
    #expect(event.timestamp == clock.now)
    #expect(event.receivedAt == clock.now)
    #expect(event.instanceSequence == 1)
  }

  @Test func `that failed stores why`() async throws {
    let store = try await AgentStore.inMemory()
    try await store.logMCPEvent(
      NewMCPEvent(
        instanceID: "work-123-a1",
        toolName: "run_tests",
        success: false,
        errorMessage: "Test suite failed with 3 errors\0\nand a NUL",
        metadata: #"{"failed_tests":["test1","test2","test3"]}"#
      )
    )
    let event = try #require(try await store.mcpEvents("work-123-a1").first)
    #expect(event.outcome == .error)
    #expect(!event.success)
    #expect(event.errorMessage == "Test suite failed with 3 errors\0\nand a NUL")
  }

  @Test func `stores all that is known of it`() async throws {
    let store = try await AgentStore.inMemory()
    var new = NewMCPEvent(instanceID: "a", toolName: "mcp__x__y", outcome: .timeout)
    (new.gitCommitHash, new.serverName, new.sessionID) = ("abc", "x", "s")
    (new.callID, new.parentCallID, new.eventUID) = ("c", "p", "test:1:c")
    (new.toolKind, new.durationMicroseconds) = (.execute, 1500)
    (new.statusChange, new.timestamp) = (.prCreated, UnixTime(milliseconds: 77))
    try await store.logMCPEvent(new)
    let event = try #require(try await store.mcpEvents("a").first)
    #expect(event.outcome == .timeout)
    #expect([event.gitCommitHash, event.serverName, event.sessionID] == ["abc", "x", "s"])
    #expect([event.callID, event.parentCallID, event.eventUID] == ["c", "p", "test:1:c"])
    #expect(event.toolKind == .execute)
    #expect(event.durationMicroseconds == 1500)
    #expect(event.statusChange == .prCreated)
    #expect(event.timestamp == UnixTime(milliseconds: 77))
    #expect(try await store.instance("a")?.status == .started)
  }

  @Test func `moves the status of its instance if it says so`() async throws {
    let store = try await AgentStore.inMemory()
    try await store.logMCPEvent(
      .sample(of: "a") {
        $0.statusChange = .prMerged
        $0.isStatusUpdating = true
      }
    )
    #expect(try await store.instance("a")?.status == .prMerged)
  }

  @Test func `twice under one uid stores it once`() async throws {
    let store = try await AgentStore.inMemory()
    let event = NewMCPEvent.sample { $0.eventUID = "orchestrator:7:call-1" }
    let first = try await store.logMCPEvent(event)
    let second = try await store.logMCPEvent(event)
    #expect(first == second)
    #expect(try await store.mcpEvents(event.instanceID).count == 1)
  }

  @Test func `puts its metadata on one line, and leaves the rest of it alone`() async throws {
    let store = try await AgentStore.inMemory()
    try await store.logMCPEvent(
      .sample(of: "a") { $0.metadata = "{\n  \"a\" : 1.50,\r\n\"b\":\"x\\ny\" }" }
    )
    #expect(
      try await store.mcpEvents("a").first?.metadata == "{   \"a\" : 1.50,  \"b\":\"x\\ny\" }"
    )
  }

  @Test(
    arguments: [
      Refused<NewMCPEvent>("instance_id") { $0.instanceID = "" },
      Refused<NewMCPEvent>("tool_name") { $0.toolName = "" },
      Refused<NewMCPEvent>("tool_name") { $0.toolName = String(repeating: "t", count: 1 << 20) },
      Refused<NewMCPEvent>("metadata") { $0.metadata = "not JSON" },
      Refused<NewMCPEvent>("metadata") { $0.metadata = "" },
      Refused<NewMCPEvent>("metadata") { $0.metadata = nested(512) },
      Refused<NewMCPEvent>("duration_us") { $0.durationMicroseconds = -1 },
      Refused<NewMCPEvent>("session_id") { $0.sessionID = "a\0" },
      Refused<NewMCPEvent>("status") { $0.statusChange = "merged" },
      Refused<NewMCPEvent>("status_change") { $0.isStatusUpdating = true },
      Refused<NewMCPEvent>("timestamp") { $0.timestamp = UnixTime(milliseconds: .min) },
    ]
  )
  func `refuses what is not allowed, names the field and stores nothing`(
    refused: Refused<NewMCPEvent>
  ) async throws {
    let store = try await AgentStore.inMemory()
    await expectFailure(.logFailed, .invalid, mentioning: "'\(refused.field)'") {
      try await store.logMCPEvent(.sample { refused.change(&$0) })
    }
    #expect(try await store.instances().isEmpty)
    #expect(try await store.lastEventID() == 0)
  }

  @Test func `takes metadata that is nested as deep as a line may be`() async throws {
    let store = try await AgentStore.inMemory()
    try await store.logMCPEvent(.sample(of: "a") { $0.metadata = nested(511) })
    #expect(try await store.mcpEvents("a").first?.metadata == nested(511))
  }

  @Test func `of an unknown instance fails where that is wanted`() async throws {
    let store = try await AgentStore.inMemory { $0.unknownInstances = .reject }
    await expectFailure(.instanceNotFound, .notFound, mentioning: "'work-9'") {
      try await store.logMCPEvent(.sample(of: "work-9"))
    }
    #expect(try await store.lastEventID() == 0)
  }
}

@Suite struct `Logging many events` {
  @Test func `stores them in one transaction, in their order`() async throws {
    let store = try await AgentStore.inMemory()
    let events = (1...500).map { number in
      NewMCPEvent.sample(of: "work-\(number % 7)") { $0.toolName = "tool-\(number)" }
    }
    let logged = try await store.logMCPEvents(events)
    #expect(logged.ids == 1..<501)
    #expect(logged.duplicates == 0)
    let stored = try await store.recentMCPEvents(since: .earliest).sorted { $0.id < $1.id }
    #expect(stored.map(\.toolName) == events.map(\.toolName))
    #expect(try await store.instances().reduce(0) { $0 + $1.eventCount } == 500)
  }

  @Test func `stores none if one is wrong, and says which`() async throws {
    let store = try await AgentStore.inMemory()
    var events = (1...10).map { _ in NewMCPEvent.sample() }
    events[6].metadata = "{"
    await expectFailure(.logFailed, .invalid, mentioning: "event 7 of 10", "'metadata'") {
      try await store.logMCPEvents(events)
    }
    #expect(try await store.lastEventID() == 0)
  }

  @Test func `counts those that are known`() async throws {
    let store = try await AgentStore.inMemory()
    let events = (1...3).map { number in NewMCPEvent.sample { $0.eventUID = "o:1:\(number)" } }
    try await store.logMCPEvents(Array(events[..<2]))
    let logged = try await store.logMCPEvents(events)
    #expect(logged.ids == 3..<4)
    #expect(logged.duplicates == 2)
  }

  @Test func `of none does nothing`() async throws {
    let store = try await AgentStore.inMemory()
    #expect(try await store.logMCPEvents([]).ids.isEmpty)
  }
}

@Suite struct `Reading events` {
  @Test func `of an instance gives the newest first, at most so many`() async throws {
    let clock = TestClock()
    let store = try await AgentStore.inMemory(clock: clock)
    for number in 1...60 {
      clock.advance(by: .milliseconds(1))
      try await store.logMCPEvent(.sample(of: "a") { $0.toolName = "t\(number)" })
      try await store.logMCPEvent(.sample(of: "b"))
    }
    let events = try await store.mcpEvents("a", limit: 50)
    #expect(events.count == 50)
    #expect(events.first?.toolName == "t60")
    #expect(events.allSatisfy { $0.instanceID == "a" })
    #expect(try await store.mcpEvents("nobody").isEmpty)
  }

  @Test func `since a date leaves out what is older`() async throws {
    let clock = TestClock()
    let store = try await AgentStore.inMemory(clock: clock)
    try await store.logMCPEvent(.sample { $0.toolName = "old" })
    clock.advance(by: .seconds(86_400))
    try await store.logMCPEvent(.sample { $0.toolName = "edge" })
    clock.advance(by: .seconds(60))
    try await store.logMCPEvent(.sample { $0.toolName = "new" })
    let since = clock.now - .seconds(60)
    let events = try await store.recentMCPEvents(since: since)
    #expect(events.map(\.toolName) == ["new", "edge"])
    #expect(try await store.recentMCPEvents(since: since, limit: 1).map(\.toolName) == ["new"])
  }

  @Test func `refuses a negative limit`() async throws {
    let store = try await AgentStore.inMemory()
    await expectFailure(.queryFailed, .invalid, mentioning: "'limit'") {
      try await store.mcpEvents("a", limit: -1)
    }
  }
}
