public import MCPStore

extension AgentStore {
  /// Opens a database that lives in memory, for one test.
  ///
  /// - Parameters:
  ///   - clock: The clock it goes by; the system's, unless given.
  ///   - configure: Changes the configuration before it is used.
  /// - Returns: The store, which nobody else sees.
  /// - Throws: A `StoreError`.
  public static func inMemory(
    clock: TestClock? = nil,
    _ configure: (inout StoreConfiguration) -> Void = { _ in }
  ) async throws -> AgentStore {
    var configuration = StoreConfiguration()
    configuration.local.file = ":memory:"
    if let clock { configuration.clock = { clock.now } }
    configure(&configuration)
    return try await AgentStore.open(configuration)
  }
}

/// A store on a file of a test's own; both go with it.
public final class TemporaryStore: Sendable {
  /// The store.
  public let store: AgentStore
  /// What it was opened with, to open the file a second time.
  public let configuration: StoreConfiguration
  /// The directory of the file.
  public let directory: TemporaryDirectory

  /// The database file.
  public var path: String { store.path }

  /// Opens a new database in a directory of its own.
  ///
  /// - Parameters:
  ///   - clock: The clock it goes by; the system's, unless given.
  ///   - configure: Changes the configuration before it is used.
  /// - Throws: A `StoreError`, or an error of the operating system.
  public init(
    clock: TestClock? = nil,
    _ configure: (inout StoreConfiguration) -> Void = { _ in }
  ) async throws {
    directory = try TemporaryDirectory()
    var configuration = StoreConfiguration()
    configuration.local.file = directory.file("test.db")
    configuration.keys = .file(directory.file("key"))
    if let clock { configuration.clock = { clock.now } }
    configure(&configuration)
    self.configuration = configuration
    store = try await AgentStore.open(configuration)
  }

  /// Opens the same file a second time, as another process would.
  ///
  /// - Returns: Another store.
  /// - Throws: A `StoreError`.
  public func another() async throws -> AgentStore {
    try await AgentStore.open(configuration)
  }
}
