import MCPStore
import MCPSystem
import MCPTestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct `Maintenance` {
  private static let day = Duration.seconds(86_400)

  @Test func `does nothing unless it is asked for`() async throws {
    let temporary = try await TemporaryStore()
    try await temporary.store.logMCPEvent(.sample { $0.timestamp = UnixTime(milliseconds: 0) })
    #expect(try await temporary.store.runMaintenance() == MaintenanceReport())
    #expect(try await temporary.store.lastEventID() == 1)
  }

  @Test func `makes a backup each day, and keeps the newest`() async throws {
    let clock = TestClock()
    let temporary = try await TemporaryStore(clock: clock)
    var configuration = temporary.configuration
    configuration.maintenance = .init(backupRetention: 2, autoBackup: true)
    let store = try AgentStore.openNow(configuration)
    var made: [String] = []
    for _ in 0..<4 {
      let report = try await store.runMaintenance()
      made.append(try #require(report.backup))
      #expect(try await store.runMaintenance().backup == nil)
      clock.advance(by: Self.day)
    }
    let kept = try FileSystem.names(in: temporary.path + "-backups")
    #expect(kept == made.suffix(2).map(FileSystem.lastComponent))
    #expect(try StoreReader(path: made[3]).check().problems.isEmpty)
    #expect(try FileStatus.of(temporary.path + "-backups")?.permissions == 0o700)
  }

  @Test func `erases events that are too old, and the evidence stays whole`() async throws {
    let clock = TestClock()
    let temporary = try await TemporaryStore(clock: clock)
    try await temporary.store.logMCPEvents((1...2500).map { _ in .sample(of: "old") })
    clock.advance(by: Self.day)
    try await temporary.store.logMCPEvents((1...10).map { _ in .sample(of: "new") })
    var configuration = temporary.configuration
    configuration.maintenance.logRetention = .seconds(3600)
    let store = try AgentStore.openNow(configuration)
    #expect(try await store.runMaintenance().erasedEvents == 2500)
    #expect(try await store.recentMCPEvents(since: .earliest).count == 10)
    #expect(try await store.instance("old")?.eventCount == 2500)
    let report = try StoreReader(path: temporary.path).check()
    #expect(report.problems.isEmpty)
    #expect(report.erasedEvents == 2500)
  }

  @Test func `gives back free pages at its interval`() async throws {
    let clock = TestClock()
    let temporary = try await TemporaryStore(clock: clock)
    var configuration = temporary.configuration
    configuration.maintenance.vacuumInterval = Self.day
    let store = try AgentStore.openNow(configuration)
    let text = String(repeating: "x", count: 50_000)
    try await store.logMCPEvents(
      (1...100).map { _ in .sample(of: "gone") { $0.metadata = "\"\(text)\"" } }
    )
    try await store.deleteInstance("gone")
    #expect(try temporary.value("PRAGMA freelist_count") != "0")
    #expect(try await store.runMaintenance().isVacuumed)
    #expect(try temporary.value("PRAGMA freelist_count") == "0")
    #expect(try await !store.runMaintenance().isVacuumed)
    clock.advance(by: Self.day)
    #expect(try await store.runMaintenance().isVacuumed)
  }

  @Test func `is shared by the stores on one file`() async throws {
    let clock = TestClock()
    let temporary = try await TemporaryStore(clock: clock)
    var configuration = temporary.configuration
    configuration.maintenance.autoBackup = true
    let stores = try (0..<4).map { _ in try AgentStore.openNow(configuration) }
    let backups = try await withThrowingTaskGroup { group in
      for store in stores { group.addTask { try await store.runMaintenance().backup } }
      return try await group.reduce(into: [String]()) { $0 += [$1].compactMap(\.self) }
    }
    #expect(backups.count == 1)
  }

  @Test func `goes on by itself while a store is open`() async throws {
    let temporary = try await TemporaryStore {
      $0.maintenance.logRetention = .milliseconds(20)
    }
    try await temporary.store.logMCPEvent(.sample())
    while try await !temporary.store.recentMCPEvents(since: .earliest).isEmpty {
      try await Task.sleep(for: .milliseconds(10))
    }
  }
}
