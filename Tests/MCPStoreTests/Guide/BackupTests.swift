import MCPStore
import MCPSystem
import MCPTestSupport
import Testing

@Suite struct `A backup` {
  @Test func `is the whole database, one file, for its owner only`() async throws {
    let temporary = try await TemporaryStore()
    try await temporary.store.logMCPEvents((1...300).map { _ in .sample(of: "a") })
    let target = temporary.directory.file("backup.db")
    try await temporary.store.backup(to: target)
    #expect(try FileStatus.of(target)?.permissions == 0o600)
    #expect(try FileStatus.of(target + "-wal") == nil)
    #expect(try temporary.hiddenFiles.isEmpty)
    let copy = try await AgentStore.open(StoreConfiguration(local: .init(file: target)))
    #expect(try await copy.mcpEvents("a").count == 300)
    #expect(try StoreReader(path: target).check().problems.isEmpty)
  }

  @Test func `is consistent while others write, and holds none of them up`() async throws {
    let temporary = try await TemporaryStore { $0.local.durability = .normal }
    try await temporary.store.logMCPEvents((1...5000).map { _ in .sample(of: "a") })
    let other = try await temporary.another()
    let writer = Task {
      var count = 0
      while !Task.isCancelled {
        try await other.transaction { transaction in
          try transaction.logMCPEvent(.sample(of: "left"))
          try transaction.logMCPEvent(.sample(of: "right"))
        }
        count += 1
      }
      return count
    }
    for number in 0..<5 {
      let target = temporary.directory.file("backup-\(number).db")
      try await temporary.store.backup(to: target)
      let copy = try await AgentStore.open(StoreConfiguration(local: .init(file: target)))
      let sides = try await [copy.mcpEvents("left").count, copy.mcpEvents("right").count]
      #expect(sides[0] == sides[1])
      #expect(try StoreReader(path: target).check().problems.isEmpty)
    }
    writer.cancel()
    #expect(try await writer.value > 0)
  }

  @Test func `of a store in memory can be made as well`() async throws {
    let directory = try TemporaryDirectory()
    let store = try await AgentStore.inMemory()
    try await store.logMCPEvent(.sample(of: "a"))
    try await store.backup(to: directory.file("backup.db"))
    let configuration = StoreConfiguration(local: .init(file: directory.file("backup.db")))
    let copy = try await AgentStore.open(configuration)
    #expect(try await copy.mcpEvents("a").count == 1)
  }

  @Test func `replaces a file only if it is told to`() async throws {
    let temporary = try await TemporaryStore()
    let target = temporary.directory.file("backup.db")
    try write("precious", to: target)
    await expectFailure(.operationFailed, .exists, mentioning: target) {
      try await temporary.store.backup(to: target)
    }
    #expect(try temporary.directory.contains("precious"))
    try await temporary.store.backup(to: target, replacing: true)
    #expect(try StoreReader(path: target).check().problems.isEmpty)
  }

  @Test func `never replaces the database itself, or a directory`() async throws {
    let temporary = try await TemporaryStore()
    for target in [temporary.path, temporary.directory.path] {
      await expectFailure(.operationFailed, .invalid) {
        try await temporary.store.backup(to: target, replacing: true)
      }
    }
    #expect(try await temporary.store.instances().isEmpty)
  }

  @Test func `to a place that is not there fails and leaves nothing`() async throws {
    let temporary = try await TemporaryStore()
    await expectFailure(.operationFailed, .notFound) {
      try await temporary.store.backup(to: temporary.directory.file("no/where.db"))
    }
    #expect(try temporary.hiddenFiles.isEmpty)
  }
}

@Suite struct `Vacuuming` {
  @Test func `gives back the room of what was deleted`() async throws {
    let temporary = try await TemporaryStore { $0.local.durability = .normal }
    let text = String(repeating: "x", count: 20_000)
    try await temporary.store.logMCPEvents(
      (1...200).map { _ in .sample(of: "gone") { $0.metadata = "\"\(text)\"" } }
    )
    try await temporary.store.deleteInstance("gone")
    let before = try #require(try FileStatus.of(temporary.path)).size
    try await temporary.store.vacuum()
    let after = try #require(try FileStatus.of(temporary.path)).size
    #expect(after < before / 4)
    #expect(try StoreReader(path: temporary.path).check().problems.isEmpty)
  }
}

extension TemporaryStore {
  /// Files whose names begin with a dot: what a failed backup may leave.
  var hiddenFiles: [String] {
    get throws { try FileSystem.names(in: directory.path).filter { $0.hasPrefix(".") } }
  }
}
