import MCPStore
import MCPTestSupport
import Synchronization
import Testing

/// A synchronizer that only notes how it was called.
private final class Recorder: StoreSynchronizer {
  private struct State {
    var calls = 0
    var running = 0
    var overlapped = false
    var clouds: [StoreConfiguration.Cloud] = []
  }

  private let state = Mutex(State())
  private let failure: (any Error)?
  let calls: AsyncStream<Int>
  private let called: AsyncStream<Int>.Continuation

  init(failing failure: (any Error)? = nil) {
    self.failure = failure
    (calls, called) = AsyncStream.makeStream()
  }

  var clouds: [StoreConfiguration.Cloud] { state.withLock { $0.clouds } }
  var overlapped: Bool { state.withLock { $0.overlapped } }

  func synchronize(
    _ store: AgentStore,
    with cloud: StoreConfiguration.Cloud
  ) async throws -> SyncReport {
    let number = state.withLock { state in
      state.calls += 1
      state.running += 1
      if state.running > 1 { state.overlapped = true }
      state.clouds.append(cloud)
      return state.calls
    }
    await Task.yield()
    state.withLock { $0.running -= 1 }
    called.yield(number)
    if let failure { throw failure }
    return SyncReport(sent: number, received: 0)
  }
}

private struct Unreachable: Error, CustomStringConvertible {
  let description = "no route to host"
}

@Suite(.timeLimit(.minutes(5))) struct `Syncing` {
  private static let cloud = StoreConfiguration.Cloud(
    enabled: true,
    syncURL: "libsql://your-database.turso.io",
    authToken: "your-auth-token"
  )

  @Test func `asks the synchronizer, and says what was moved`() async throws {
    let recorder = Recorder()
    let store = try await AgentStore.inMemory {
      $0.cloud = Self.cloud
      $0.synchronizer = recorder
    }
    #expect(try await store.sync() == SyncReport(sent: 1, received: 0))
    #expect(recorder.clouds == [Self.cloud])
    #expect(recorder.clouds.first?.readYourWrites == true)
  }

  @Test func `is off unless it is turned on`() async throws {
    let store = try await AgentStore.inMemory { $0.synchronizer = Recorder() }
    await expectFailure(.operationFailed, .notConfigured, mentioning: "cloud.enabled") {
      try await store.sync()
    }
  }

  @Test func `needs a synchronizer`() async throws {
    let store = try await AgentStore.inMemory { $0.cloud = Self.cloud }
    await expectFailure(.operationFailed, .notConfigured, mentioning: "synchronizer") {
      try await store.sync()
    }
  }

  @Test func `that fails says why, and not with which token`() async throws {
    let store = try await AgentStore.inMemory {
      $0.cloud = Self.cloud
      $0.synchronizer = Recorder(failing: Unreachable())
    }
    let error = await expectFailure(.operationFailed, .other, mentioning: "no route to host") {
      try await store.sync()
    }
    #expect(error?.message.contains("your-auth-token") == false)
    #expect(error?.cause is Unreachable)
  }

  @Test func `never overlaps`() async throws {
    let recorder = Recorder()
    let store = try await AgentStore.inMemory {
      $0.cloud = Self.cloud
      $0.synchronizer = recorder
    }
    try await withThrowingTaskGroup { group in
      for _ in 0..<50 { group.addTask { try await store.sync() } }
      try await group.waitForAll()
    }
    #expect(recorder.clouds.count == 50)
    #expect(!recorder.overlapped)
  }

  @Test func `happens by itself at its interval`() async throws {
    let recorder = Recorder()
    let store = try await AgentStore.inMemory {
      $0.cloud = Self.cloud
      $0.cloud.syncInterval = .milliseconds(10)
      $0.synchronizer = recorder
    }
    for await number in recorder.calls where number == 3 { break }
    try await store.disconnect()
  }

  @Test func `by itself that fails tells the program`() async throws {
    let (errors, told) = AsyncStream.makeStream(of: StoreError.self)
    let store = try await AgentStore.inMemory {
      $0.cloud = Self.cloud
      $0.cloud.syncInterval = .milliseconds(10)
      $0.synchronizer = Recorder(failing: Unreachable())
      $0.onBackgroundError = { told.yield($0) }
    }
    for await error in errors {
      #expect(error.message.contains("no route to host"))
      break
    }
    try await store.disconnect()
  }

  @Test func `does not keep a store that nobody has any more`() async throws {
    let recorder = Recorder()
    weak var store: AgentStore?
    do {
      let opened = try await AgentStore.inMemory {
        $0.cloud = Self.cloud
        $0.cloud.syncInterval = .milliseconds(10)
        $0.synchronizer = recorder
      }
      store = opened
      for await _ in recorder.calls { break }
    }
    while store != nil { await Task.yield() }
  }

  @Test(arguments: [nil, "ftp://host", "your-database"])
  func `needs an address that makes sense`(url: String?) async throws {
    await expectFailure(.initializationFailed, .invalid, mentioning: "'cloud.syncUrl'") {
      try await AgentStore.inMemory {
        $0.cloud = Self.cloud
        $0.cloud.syncURL = url
      }
    }
  }

  @Test func `never shows its token`() {
    let text = "\(Self.cloud) \(String(reflecting: Self.cloud))"
    var dumped = ""
    dump(Self.cloud, to: &dumped)
    #expect(!(text + dumped).contains("your-auth-token"))
  }
}
