import GRDB
@testable import MCPStore
import MCPSystem
import MCPTestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct `Each setting of the connection` {
  @Test(arguments: [(true, "wal"), (false, "delete")])
  func `enableWAL`(isEnabled: Bool, mode: String) async throws {
    let temporary = try await TemporaryStore { $0.local.enableWAL = isEnabled }
    try await temporary.store.logMCPEvent(.sample(of: "a"))
    #expect(try await temporary.store.mcpEvents("a").count == 1)
    #expect(try temporary.value("PRAGMA journal_mode") == mode)
  }

  /// Longer than by default: how long a test takes is known downwards only.
  @Test func `busyTimeout`() async throws {
    let timeout = Duration.milliseconds(5500)
    try #require(timeout > StoreConfiguration().local.busyTimeout)
    let temporary = try await TemporaryStore {
      $0.local.busyTimeout = timeout
      $0.connection.maxRetries = 0
    }
    let lock = try WriteLock(temporary.path)
    let clock = ContinuousClock()
    let start = clock.now
    await expectFailure(.logFailed, .busy, mentioning: "locked", "busy timeout") {
      try await temporary.store.logMCPEvent(.sample())
    }
    #expect(clock.now - start >= timeout)
    try lock.release()
    try await temporary.store.logMCPEvent(.sample())
  }

  @Test func `maxRetries and retryDelay`() async throws {
    let temporary = try await TemporaryStore {
      $0.local.busyTimeout = .milliseconds(10)
      $0.connection.maxRetries = 3
      $0.connection.retryDelay = .milliseconds(50)
    }
    let lock = try WriteLock(temporary.path)
    let clock = ContinuousClock()
    let start = clock.now
    await expectFailure(.logFailed, .busy) { try await temporary.store.logMCPEvent(.sample()) }
    #expect(clock.now - start >= .milliseconds(3 * 50 + 4 * 10))
    try lock.release()
  }

  @Test func `maxRetries succeed once the lock is free`() async throws {
    let temporary = try await TemporaryStore {
      $0.local.busyTimeout = .milliseconds(10)
      $0.connection.maxRetries = 1000
      $0.connection.retryDelay = .milliseconds(5)
    }
    let lock = try WriteLock(temporary.path)
    let write = Task { try await temporary.store.logMCPEvent(.sample()) }
    try await Task.sleep(for: .milliseconds(60))
    try lock.release()
    #expect(try await write.value == 1)
  }

  @Test func `queryTimeout`() async throws {
    let temporary = try await TemporaryStore { $0.local.durability = .normal }
    for _ in 0..<20 {
      try await temporary.store.logMCPEvents((1...1000).map { _ in .sample(of: "a") })
    }
    var configuration = temporary.configuration
    configuration.connection.queryTimeout = .milliseconds(1)
    let impatient = try await AgentStore.open(configuration)
    await expectFailure(.queryFailed, .timeout) {
      try await impatient.recentMCPEvents(since: .earliest)
    }
    // A short query goes on to work.
    #expect(try await impatient.mcpEvents("a", limit: 1).count == 1)
  }

  @Test func `logQueries`() async throws {
    let lines = Lines()
    let temporary = try await TemporaryStore {
      $0.local.logQueries = true
      $0.queryLog = { lines.append($0) }
    }
    try await temporary.store.logMCPEvent(.sample(of: "a"))
    _ = try await temporary.store.mcpEvents("a")
    #expect(lines.all.contains { $0.contains("INTO mcp_events") })
    #expect(lines.all.contains { $0.contains("FROM mcp_events") })
    #expect(!lines.all.contains { $0.contains("edit_file") })
  }

  @Test func `durability`() async throws {
    let temporary = try await TemporaryStore()
    #expect(try temporary.store.synchronousLevel == 2)
    var configuration = temporary.configuration
    configuration.local.durability = .normal
    #expect(try AgentStore.openNow(configuration).synchronousLevel == 1)
  }
}

/// The write lock of a database, held as another process would.
final class WriteLock {
  private let queue: DatabaseQueue

  init(_ path: String) throws {
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    queue = try DatabaseQueue(path: path, configuration: configuration)
    try queue.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
  }

  func release() throws {
    try queue.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
    try queue.close()
  }
}

extension AgentStore {
  /// What `PRAGMA synchronous` says on the writing connection.
  var synchronousLevel: Int? {
    get throws {
      try withConnection(.operationFailed, "read a pragma") {
        try Int.fetchOne($0, sql: "PRAGMA synchronous")
      }
    }
  }
}
