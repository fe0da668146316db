import MCPStore
import MCPTestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct `Many tasks at once` {
  @Test func `lose nothing`() async throws {
    let temporary = try await TemporaryStore { $0.local.durability = .normal }
    let store = temporary.store
    try await withThrowingTaskGroup { group in
      for number in 0..<1000 {
        group.addTask {
          switch number % 5 {
          case 0: try await store.createInstance(.sample { $0.id = "made-\(number)" })
          case 1: try await store.updateInstanceStatus("shared", to: .waitingReview)
          case 2: _ = try await store.instances(matching: InstanceFilter(limit: 5))
          default: try await store.logMCPEvent(.sample(of: "shared"))
          }
        }
        if number == 0 { try await store.createInstance(.sample { $0.id = "shared" }) }
      }
      try await group.waitForAll()
    }
    let shared = try #require(try await store.instance("shared"))
    #expect(shared.eventCount == 600)
    #expect(try await store.mcpEvents("shared").count == 600)
    #expect(try await store.instances().count == 201)
    #expect(try StoreReader(path: temporary.path).check().problems.isEmpty)
  }

  @Test func `do not keep other tasks from running`() async throws {
    let temporary = try await TemporaryStore { $0.local.busyTimeout = .seconds(20) }
    let other = try await temporary.another()
    let (began, begun) = AsyncStream.makeStream(of: Void.self)
    let (end, ending) = AsyncStream.makeStream(of: Void.self)
    // Another writer holds the lock while many tasks wait for it.
    let holder = Task {
      try await other.transaction { transaction in
        try transaction.createInstance(.sample())
        begun.finish()
        // A blocked thread of the store's own, not of the tasks'.
        let semaphore = BlockingWait()
        Task {
          for await _ in end {}
          semaphore.open()
        }
        semaphore.wait()
      }
    }
    for await _ in began {}
    let waiting = Task {
      try await withThrowingTaskGroup { group in
        for _ in 0..<200 {
          group.addTask { _ = try await temporary.store.logMCPEvent(.sample(of: "a")) }
        }
        try await group.waitForAll()
      }
    }
    // If those tasks held the threads, this one would never be run, nor the reads.
    #expect(try await temporary.store.instances().isEmpty)
    ending.finish()
    try await holder.value
    try await waiting.value
    #expect(try await temporary.store.mcpEvents("a").count == 200)
  }
}

@Suite struct `Events that many tasks log at once` {
  @Test func `each get their own number, and one that is wrong fails alone`() async throws {
    let temporary = try await TemporaryStore()
    let results = await withTaskGroup(of: (Int, Result<Int64, any Error>).self) { group in
      for number in 0..<300 {
        group.addTask {
          do {
            let id = try await temporary.store.logMCPEvent(
              .sample(of: "a") {
                $0.toolName = "t\(number)"
                if number % 10 == 3 { $0.metadata = "no JSON" }
                if number % 10 == 4 { $0.eventUID = "same:uid:\(number % 20)" }
              }
            )
            return (number, .success(id))
          } catch {
            return (number, .failure(error))
          }
        }
      }
      return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    let stored = try await temporary.store.mcpEvents("a")
    #expect(stored.count == 300 - 30 - 28)
    for (number, result) in results {
      switch result {
      case .failure(let error):
        #expect(number % 10 == 3)
        #expect((error as? StoreError)?.reason == .invalid)
      case .success(let id) where number % 10 == 4:
        #expect(stored.first { $0.id == id }?.eventUID == "same:uid:\(number % 20)")
      case .success(let id):
        #expect(stored.first { $0.id == id }?.toolName == "t\(number)")
      }
    }
    #expect(try StoreReader(path: temporary.path).check().problems.isEmpty)
  }

  @Test func `are committed together`() async throws {
    let temporary = try await TemporaryStore()
    try await withThrowingTaskGroup { group in
      for _ in 0..<1000 {
        group.addTask { _ = try await temporary.store.logMCPEvent(.sample(of: "a")) }
      }
      try await group.waitForAll()
    }
    let report = try StoreReader(path: temporary.path).check()
    #expect(report.events == 1000)
    #expect(report.batches < 500)
  }
}
