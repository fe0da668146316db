public import MCPEvents

/// How a store is opened; every part has a default, which is the guide's.
///
///     var configuration = StoreConfiguration()
///     configuration.local.file = "file:./my-database.db"
///     configuration.connection.maxRetries = 5
///     let store = try await AgentStore.open(configuration)
///
/// ``load(databaseFile:)`` takes what a user has set in a file and in the environment.
public struct StoreConfiguration: Sendable {
  /// The database file.
  public var local: Local
  /// The server that the file is kept in step with.
  public var cloud: Cloud
  /// What is done about a database that is busy or slow.
  public var connection: Connection
  /// What is done by itself while a store is open.
  public var maintenance: Maintenance

  /// What is made of an event whose instance is unknown: it is created, or the call fails with
  /// ``StoreError/Code/instanceNotFound``.
  public var unknownInstances = UnknownInstancePolicy.create
  /// What an instance that has to be created gets.
  public var surroundings = Surroundings()
  /// Where the key for encrypted configuration values comes from.
  public var keys = KeySource.standard
  /// What keeps the file in step with the server of ``cloud``.
  public var synchronizer: (any StoreSynchronizer)?
  /// Called with each statement if ``Local/logQueries`` is set, its values left out; standard
  /// error, unless given.
  public var queryLog: (@Sendable (_ statement: String) -> Void)?
  /// Called when something that is done by itself fails: maintenance, or an automatic sync.
  public var onBackgroundError: (@Sendable (StoreError) -> Void)?
  /// Tells the time; tests give a clock of their own.
  public var clock: @Sendable () -> UnixTime

  /// Creates a configuration; without arguments it is the guide's local-first one.
  public init(
    local: Local = Local(),
    cloud: Cloud = Cloud(),
    connection: Connection = Connection(),
    maintenance: Maintenance = Maintenance(),
    clock: @escaping @Sendable () -> UnixTime = UnixTime.now
  ) {
    self.local = local
    self.cloud = cloud
    self.connection = connection
    self.maintenance = maintenance
    self.clock = clock
  }
}

extension StoreConfiguration {
  /// The database file.
  public struct Local: Hashable, Sendable {
    /// The file, with or without `file:` before it, or `:memory:`.
    public var file: String
    /// Whether to keep a write-ahead log, so that readers and the writer do not wait for each
    /// other.
    public var enableWAL: Bool
    /// How long a call waits for the write lock.
    public var busyTimeout: Duration
    /// Whether a new file gets its tables, and an older one its new columns, when it is opened;
    /// else ``AgentStore/runMigrations()`` does it.
    public var autoMigrate: Bool
    /// Whether ``StoreConfiguration/queryLog`` gets each statement.
    public var logQueries: Bool
    /// When a commit counts as done.
    public var durability = Durability.full

    /// Describes the file; the defaults are the guide's.
    public init(
      file: String = "file:claude-codex.db",
      enableWAL: Bool = true,
      busyTimeout: Duration = .seconds(5),
      autoMigrate: Bool = true,
      logQueries: Bool = false
    ) {
      self.file = file
      self.enableWAL = enableWAL
      self.busyTimeout = busyTimeout
      self.autoMigrate = autoMigrate
      self.logQueries = logQueries
    }

    /// The file without its scheme.
    public var path: String {
      for scheme in ["file://", "file:"] where file.hasPrefix(scheme) {
        return String(file.dropFirst(scheme.count))
      }
      return file
    }
  }

  /// The server that the file is kept in step with.
  public struct Cloud: Hashable, Sendable {
    /// Whether there is one.
    public var enabled: Bool
    /// Its address: `libsql://`, `https://` or `http://`.
    public var syncURL: String?
    /// What it is to be told to let us in.
    public var authToken: String?
    /// How often to synchronise by itself; `nil` is never.
    public var syncInterval: Duration?
    /// Whether a sync returns only when the server has what was written here.
    public var readYourWrites: Bool

    /// Describes the server; without arguments there is none.
    public init(
      enabled: Bool = false,
      syncURL: String? = nil,
      authToken: String? = nil,
      syncInterval: Duration? = nil,
      readYourWrites: Bool = true
    ) {
      self.enabled = enabled
      self.syncURL = syncURL
      self.authToken = authToken
      self.syncInterval = syncInterval
      self.readYourWrites = readYourWrites
    }
  }

  /// What is done about a database that is busy or slow.
  public struct Connection: Hashable, Sendable {
    /// How often an operation is tried again when the lock was not free within the busy timeout.
    public var maxRetries: Int
    /// How long to wait before each of them.
    public var retryDelay: Duration
    /// How long the statements of one operation may run; it then fails with the reason
    /// ``StoreError/Reason/timeout``.
    public var queryTimeout: Duration

    /// Describes what to do.
    public init(
      maxRetries: Int = 3,
      retryDelay: Duration = .seconds(1),
      queryTimeout: Duration = .seconds(30)
    ) {
      self.maxRetries = maxRetries
      self.retryDelay = retryDelay
      self.queryTimeout = queryTimeout
    }
  }

  /// What is done by itself while a store is open.
  public struct Maintenance: Hashable, Sendable {
    /// How often free pages are given back to the file system; `nil` is never.
    public var vacuumInterval: Duration?
    /// How many automatic backups are kept.
    public var backupRetention: Int
    /// How long events are kept before they are erased; `nil` is for ever.
    public var logRetention: Duration?
    /// Whether a backup is made each day, in the directory `FILE-backups` beside the file.
    public var autoBackup: Bool

    /// Describes what to do; without arguments nothing is done by itself.
    public init(
      vacuumInterval: Duration? = nil,
      backupRetention: Int = 7,
      logRetention: Duration? = nil,
      autoBackup: Bool = false
    ) {
      self.vacuumInterval = vacuumInterval
      self.backupRetention = backupRetention
      self.logRetention = logRetention
      self.autoBackup = autoBackup
    }
  }
}

extension StoreConfiguration.Cloud: CustomStringConvertible {
  /// The settings without the token.
  public var description: String {
    "Cloud(enabled: \(enabled), syncURL: \(syncURL ?? "none"), "
      + "authToken: \(authToken == nil ? "none" : "given"))"
  }
}

extension StoreConfiguration.Cloud: CustomReflectable {
  /// The settings without the token, so that a dump of them does not show it.
  public var customMirror: Mirror {
    Mirror(self, children: ["enabled": enabled, "syncURL": syncURL ?? "none"])
  }
}
