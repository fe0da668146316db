import MCPStore
import MCPTestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct `The stream of events` {
  @Test func `gives what is stored already, then what comes`() async throws {
    let store = try await AgentStore.inMemory()
    try await store.logMCPEvents((1...3).map { number in .sample { $0.toolName = "t\(number)" } })
    var iterator = store.events(after: 1).makeAsyncIterator()
    #expect(try await iterator.next()?.toolName == "t2")
    #expect(try await iterator.next()?.toolName == "t3")
    let writer = Task { try await store.logMCPEvent(.sample { $0.toolName = "t4" }) }
    #expect(try await iterator.next()?.toolName == "t4")
    _ = try await writer.value
  }

  @Test func `sees what other processes store`() async throws {
    let temporary = try await TemporaryStore()
    let other = try await temporary.another()
    try await temporary.store.logMCPEvent(.sample())
    var iterator = temporary.store.events(after: 0).makeAsyncIterator()
    _ = try await iterator.next()
    for _ in 0..<5 {
      let writer = Task {
        try await Task.sleep(for: .milliseconds(30))
        return try await other.logMCPEvent(.sample(of: "other"))
      }
      let seen = try await iterator.next()?.id
      #expect(try await writer.value == seen)
    }
  }

  @Test func `skips what the filter does not match`() async throws {
    let store = try await AgentStore.inMemory()
    try await store.logMCPEvents(
      (1...600).map { number in
        .sample(of: "work-\(number % 2)") { $0.outcome = number == 599 ? .denied : .ok }
      }
    )
    let filter = MCPEventFilter(instanceIDs: ["work-1"], outcomes: [.denied])
    var iterator = store.events(matching: filter).makeAsyncIterator()
    #expect(try await iterator.next()?.id == 599)
  }

  @Test func `gives a thousand events each once, in order`() async throws {
    let store = try await AgentStore.inMemory()
    let reader = Task {
      var ids: [Int64] = []
      for try await event in store.events() {
        ids.append(event.id)
        if ids.count == 1000 { break }
      }
      return ids
    }
    for _ in 0..<10 { try await store.logMCPEvents((1...100).map { _ in .sample() }) }
    #expect(try await reader.value == Array(1...1000))
  }

  @Test func `ends when its task is cancelled`() async throws {
    let store = try await AgentStore.inMemory()
    let reader = Task { for try await _ in store.events() {} }
    reader.cancel()
    try await reader.value
  }

  @Test func `throws when the store is disconnected`() async throws {
    let store = try await AgentStore.inMemory()
    let reader = Task { for try await _ in store.events() {} }
    try await store.disconnect()
    await expectFailure(.connectionFailed, .closed) { try await reader.value }
  }

  @Test func `refuses a filter whose end is before its start`() async throws {
    let store = try await AgentStore.inMemory()
    let filter = MCPEventFilter(
      since: UnixTime(milliseconds: 2),
      until: UnixTime(milliseconds: 1)
    )
    var iterator = store.events(matching: filter).makeAsyncIterator()
    await expectFailure(.queryFailed, .invalid, mentioning: "'until'", "'since'") {
      try await iterator.next()
    }
  }
}
