import GRDB
@testable import MCPStore
import MCPSystem
import MCPTestSupport
import Testing

@Suite struct `Migrating` {
  @Test func `happens by itself`() async throws {
    let temporary = try await TemporaryStore()
    #expect(try temporary.value("PRAGMA user_version") == String(Schema.version))
    #expect(try await temporary.store.runMigrations() == 0)
  }

  @Test func `is done by hand where it is wanted so`() async throws {
    let temporary = try await TemporaryStore { $0.local.autoMigrate = false }
    let store = temporary.store
    #expect(store.isConnected)
    await expectFailure(.initializationFailed, .migrationNeeded, mentioning: "runMigrations") {
      try await store.logMCPEvent(.sample())
    }
    await expectFailure(.initializationFailed, .migrationNeeded) { try await store.instances() }
    #expect(try await store.runMigrations() == Schema.version)
    #expect(try await store.runMigrations() == 0)
    #expect(try await store.logMCPEvent(.sample()) == 1)
    #expect(try StoreReader(path: temporary.path).check().problems.isEmpty)
  }

  private static let addition = Schema.Migration(
    sql: "ALTER TABLE instances ADD COLUMN mood TEXT"
  )
  private static let upheaval = Schema.Migration(
    sql: "ALTER TABLE instances ADD COLUMN mood TEXT",
    minimumWriter: Schema.version + 1
  )

  @Test func `to a version that only adds lets this program go on`() async throws {
    let temporary = try await TemporaryStore()
    let newer = try await temporary.another()
    #expect(try newer.migrate(Schema.migrations + [Self.addition]) == 1)
    #expect(try await temporary.store.logMCPEvent(.sample()) == 1)
    let again = try await temporary.another()
    #expect(try await again.logMCPEvent(.sample()) == 2)
    #expect(try StoreReader(path: temporary.path).check().problems.isEmpty)
  }

  @Test func `to a version that changes things stops this program, and loses nothing`() async throws
  {
    let temporary = try await TemporaryStore()
    let store = temporary.store
    try await store.logMCPEvents((1...10).map { _ in .sample(of: "a") })
    let newer = try await temporary.another()
    #expect(try newer.migrate(Schema.migrations + [Self.upheaval]) == 1)
    await expectFailure(.initializationFailed, .newerVersion, mentioning: "newer mcp-sidecar") {
      try await store.logMCPEvent(.sample(of: "a"))
    }
    await expectFailure(.initializationFailed, .newerVersion) { try await temporary.another() }
    // Reading is still allowed, and nothing was half written.
    #expect(try await store.mcpEvents("a").count == 10)
    #expect(try StoreReader(path: temporary.path).check().problems.isEmpty)
  }

  @Test func `to a version that changes things makes a backup first`() async throws {
    let temporary = try await TemporaryStore()
    try await temporary.store.logMCPEvent(.sample(of: "a"))
    _ = try temporary.store.migrate(Schema.migrations + [Self.upheaval])
    let backup = "\(temporary.path).before-migration-\(Schema.version)"
    let copy = try await AgentStore.open(StoreConfiguration(local: .init(file: backup)))
    #expect(try await copy.mcpEvents("a").count == 1)
    #expect(try FileStatus.of(backup)?.permissions == 0o600)
  }

  @Test func `to a version that changes things never happens by itself`() throws {
    let directory = try TemporaryDirectory()
    let store = try AgentStore(path: directory.file("a.db"))
    let migrator = Migrator(path: store.path, steps: Schema.migrations + [Self.upheaval])
    #expect(throws: StoreError.self) {
      try store.openQueue().writeWithoutTransaction {
        try migrator.bringUpToDate($0, WriterOptions())
      }
    }
    #expect(try store.migrate(Schema.migrations) == 0)
  }

  @Test func `to a version that cannot be read any more says so`() async throws {
    let temporary = try await TemporaryStore()
    try temporary.sql("UPDATE meta SET value = '99' WHERE key = 'min_reader'")
    await expectFailure(.initializationFailed, .newerVersion, mentioning: "version 99") {
      try StoreReader(path: temporary.path)
    }
  }

  @Test func `by two programs at once is done once`() async throws {
    let directory = try TemporaryDirectory()
    let file = directory.file("new.db")
    try await withThrowingTaskGroup { group in
      for _ in 0..<8 {
        group.addTask {
          let store = try await AgentStore.open(StoreConfiguration(local: .init(file: file)))
          try await store.logMCPEvent(.sample(of: "a"))
          try await store.disconnect()
        }
      }
      try await group.waitForAll()
    }
    #expect(try StoreReader(path: file).check().events == 8)
  }
}

@Suite struct `A database of every released version` {
  static let released = Array(1...Schema.version)

  /// A copy of the fixture, which is never changed itself.
  private func copy(_ version: Int, in directory: TemporaryDirectory) throws -> String {
    let bundled = try #require(Fixtures.path("version-\(version).db"))
    let path = directory.file("old.db")
    try write(try directory.bytes(of: bundled), to: path)
    return path
  }

  @Test(arguments: released)
  func `can be read as it is`(version: Int) throws {
    let directory = try TemporaryDirectory()
    let reader = try StoreReader(path: copy(version, in: directory))
    #expect(reader.schemaVersion == version)
    #expect(try reader.check().problems.isEmpty)
  }

  @Test(arguments: released)
  func `can be written, and nothing is lost`(version: Int) async throws {
    let directory = try TemporaryDirectory()
    var configuration = StoreConfiguration(
      local: .init(file: try copy(version, in: directory), autoMigrate: false)
    )
    configuration.keys = .keys([try Fixtures.key])
    let store = try await AgentStore.open(configuration)
    try await store.runMigrations()
    #expect(try await store.instances().count == 3)
    #expect(try await store.mcpEvents("work-1-a1").count == 4)
    #expect(try await store.relationships(of: "work-1-a1").count == 1)
    #expect(try await store.gitHubIssue(1)?.title == "The first issue")
    #expect(try await store.config("default.branch") == "main")
    #expect(try await store.config("github.token") == "ghp_token123")
    try await store.logMCPEvent(.sample(of: "work-1-a1"))
    #expect(try await store.instance("work-1-a1")?.eventCount == 5)
    #expect(try StoreReader(path: store.path).check().problems.isEmpty)
  }
}
