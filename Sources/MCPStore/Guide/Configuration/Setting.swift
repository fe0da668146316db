internal import MCPEvents

/// One setting of a ``StoreConfiguration``: its names, and how it is changed.
struct Setting: Sendable {
  /// Its name in the configuration file, such as `local.busyTimeout`.
  let key: String
  /// The environment variable.
  let variable: String
  /// Sets it, or throws a ``SettingRefusal``.
  let apply: @Sendable (inout StoreConfiguration, SettingValue) throws -> Void

  private init(
    _ key: String,
    _ variable: String,
    _ apply: @escaping @Sendable (inout StoreConfiguration, SettingValue) throws -> Void
  ) {
    self.key = key
    self.variable = "MCP_SIDECAR_" + variable
    self.apply = apply
  }

  /// All settings.
  static let all = local + cloud + connection + maintenance

  private static let local = [
    Setting("local.file", "DB") { $0.local.file = try $1.text() },
    Setting("local.enableWAL", "WAL") { $0.local.enableWAL = try $1.flag() },
    Setting("local.busyTimeout", "BUSY_TIMEOUT") {
      $0.local.busyTimeout = try $1.duration(.milliseconds)
    },
    Setting("local.autoMigrate", "AUTO_MIGRATE") { $0.local.autoMigrate = try $1.flag() },
    Setting("local.logQueries", "LOG_QUERIES") { $0.local.logQueries = try $1.flag() },
    Setting("local.durability", "DURABILITY") { $0.local.durability = try $1.word() },
  ]

  private static let cloud = [
    Setting("cloud.enabled", "SYNC") { $0.cloud.enabled = try $1.flag() },
    Setting("cloud.syncUrl", "SYNC_URL") { $0.cloud.syncURL = try $1.text() },
    Setting("cloud.authToken", "SYNC_TOKEN") { $0.cloud.authToken = try $1.text() },
    Setting("cloud.syncInterval", "SYNC_INTERVAL") {
      $0.cloud.syncInterval = try $1.optionalDuration()
    },
    Setting("cloud.readYourWrites", "READ_YOUR_WRITES") {
      $0.cloud.readYourWrites = try $1.flag()
    },
  ]

  private static let connection = [
    Setting("connection.maxRetries", "MAX_RETRIES") { $0.connection.maxRetries = try $1.number() },
    Setting("connection.retryDelay", "RETRY_DELAY") {
      $0.connection.retryDelay = try $1.duration(.milliseconds)
    },
    Setting("connection.queryTimeout", "QUERY_TIMEOUT") {
      $0.connection.queryTimeout = try $1.duration(.milliseconds)
    },
  ]

  private static let maintenance = [
    Setting("maintenance.vacuumInterval", "VACUUM_INTERVAL") {
      $0.maintenance.vacuumInterval = try $1.optionalDuration()
    },
    Setting("maintenance.backupRetention", "BACKUP_RETENTION") {
      $0.maintenance.backupRetention = try $1.number()
    },
    Setting("maintenance.logRetention", "LOG_RETENTION") {
      $0.maintenance.logRetention = try $1.optionalDuration()
    },
    Setting("maintenance.autoBackup", "AUTO_BACKUP") { $0.maintenance.autoBackup = try $1.flag() },
  ]

  /// The known key that was probably meant.
  static func suggestion(for key: String) -> String? {
    all.map { ($0.key, OpenWord.distance($0.key, key)) }
      .filter { $0.1 <= 3 }
      .min { $0.1 < $1.1 }?.0
  }
}

/// Why a value cannot be used: what it must be instead.
///
/// It never holds the value.
struct SettingRefusal: Error {
  let expectation: String
}
