internal import GRDB
internal import MCPEvents
internal import MCPSystem

extension AgentStore {
  /// Does what ``StoreConfiguration/maintenance`` asks for and is due.
  ///
  /// A store does it by itself while it is open; a program that is too short-lived for that can
  /// call it. Several processes on one database share the work.
  ///
  /// - Returns: What was done.
  /// - Throws: A ``StoreError``.
  @discardableResult
  public func runMaintenance() async throws(StoreError) -> MaintenanceReport {
    let maintenance = configuration.maintenance
    var report = MaintenanceReport()
    if maintenance.autoBackup, try await claim("last_backup", every: Self.backupInterval) {
      let name = try await makeBackup()
      report.backup = name
      report.removedBackups = try await backupLane.run { [self] () throws(StoreError) in
        try removeBackups(keeping: maintenance.backupRetention)
      }
    }
    if let age = maintenance.logRetention { report.erasedEvents = try await prune(age) }
    if let interval = maintenance.vacuumInterval, try await claim("last_vacuum", every: interval) {
      try await giveBackPages()
      report.isVacuumed = true
    }
    return report
  }

  private static let backupInterval = Duration.seconds(86_400)
  private static let pruneBatch = 1000
  private static let vacuumBatch = 1000

  /// Notes that a piece of work is done now, unless it was done less than `interval` ago.
  ///
  /// - Returns: Whether it is to be done.
  private func claim(_ key: String, every interval: Duration) async throws(StoreError) -> Bool {
    try await perform(.operationFailed) { transaction in
      let select = try PreparedStatement(
        "SELECT value FROM meta WHERE key = ?",
        transaction.database
      )
      select.bind(key, at: 1)
      let last = try select.firstRow { $0.string(0).flatMap(Int64.init) } ?? nil
      let now = transaction.now.milliseconds
      if let last, last <= now, now - last < interval.wholeMilliseconds { return false }
      let upsert = try PreparedStatement(
        "INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2",
        transaction.database
      )
      upsert.bind(key, at: 1)
      upsert.bind(String(now), at: 2)
      try upsert.run()
      return true
    }
  }

  // MARK: Backups

  /// The directory of the automatic backups.
  var backupDirectory: String { path + "-backups" }

  private func makeBackup() async throws(StoreError) -> String? {
    guard hasOwnFile else { return nil }
    let time = now().description.filter { $0 != ":" && $0 != "-" }
    let target = "\(backupDirectory)/\(time).db"
    return try await backupLane.run { [self] () throws(StoreError) in
      do throws(SystemError) {
        try FileSystem.createDirectories(backupDirectory)
      } catch {
        throw .wrapping(.operationFailed, "create \(backupDirectory)", error)
      }
      try backupNow(to: target, replacing: true)
      return target
    }
  }

  private func removeBackups(keeping count: Int) throws(StoreError) -> Int {
    guard hasOwnFile else { return 0 }
    do throws(SystemError) {
      let names = try FileSystem.names(in: backupDirectory)
        .filter { $0.hasSuffix("Z.db") && $0.first?.isNumber == true }
      for name in names.dropLast(count) { try FileSystem.remove("\(backupDirectory)/\(name)") }
      return max(0, names.count - count)
    } catch {
      throw .wrapping(.operationFailed, "remove old backups in \(backupDirectory)", error)
    }
  }

  // MARK: Old events

  /// Erases events older than `age`, a few at a time so that nobody waits long.
  private func prune(_ age: Duration) async throws(StoreError) -> Int {
    let limit = now().milliseconds - age.wholeMilliseconds
    var erased = 0
    while true {
      let count = try await perform(.operationFailed) { transaction in
        try transaction.eraseEvents(
          "SELECT id FROM (SELECT id FROM mcp_events WHERE timestamp < ? LIMIT ?) ORDER BY id",
          [.integer(limit), .integer(Int64(Self.pruneBatch))],
          reason: "older than the log retention"
        )
      }
      erased += count
      guard count == Self.pruneBatch else { return erased }
    }
  }

  // MARK: Free pages

  private func giveBackPages() async throws(StoreError) {
    var free = Int64.max
    while free > 0 {
      let left = try await writerLane.run { [self] () throws(StoreError) in
        try withConnection(.operationFailed, "vacuum \(path)") { database in
          try database.execute(sql: "PRAGMA incremental_vacuum(\(Self.vacuumBatch))")
          return try Int64.fetchOne(database, sql: "PRAGMA freelist_count") ?? 0
        }
      }
      guard left < free else { break }
      free = left
    }
    try await writerLane.run { [self] () throws(StoreError) in
      try withConnection(.operationFailed, "optimize \(path)") {
        try $0.execute(sql: "PRAGMA optimize")
      }
    }
  }
}
