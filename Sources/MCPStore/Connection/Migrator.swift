internal import GRDB
internal import MCPEvents
internal import MCPSystem

/// Brings a database to the version of this program.
struct Migrator {
  let path: String
  /// All steps; tests of later versions give more.
  var steps = Schema.migrations

  /// The steps that are missing in a database.
  struct Plan {
    /// The version of the database.
    let from: Int
    let steps: ArraySlice<Schema.Migration>

    /// Whether older programs are locked out, so that the way back is a backup.
    var needsBackup: Bool { from > 0 && !steps.allSatisfy(\.isAdditive) }
  }

  /// What ``migrate(_:)`` would do.
  func plan(_ database: Database) throws -> Plan {
    let version = try Self.version(database)
    return Plan(from: version, steps: version < steps.count ? steps[version...] : [])
  }

  /// Runs the steps that are missing, if they may run by themselves.
  ///
  /// - Parameters:
  ///   - database: The connection for writing.
  ///   - options: Whether anything may be changed at all.
  /// - Throws: A ``StoreError`` when the file is too new, or needs to be migrated by hand.
  func bringUpToDate(_ database: Database, _ options: WriterOptions) throws {
    let plan = try plan(database)
    guard !plan.steps.isEmpty else { return try Self.checkWriter(database, path) }
    guard options.migratesAutomatically, plan.from == 0 || !plan.needsBackup else {
      throw StoreError(
        .initializationFailed,
        .migrationNeeded,
        "\(path) has schema version \(plan.from), this program writes \(steps.count): "
          + "run 'mcp-sidecar migrate' once all writers have stopped"
      )
    }
    try migrate(database)
  }

  /// Runs the steps that are missing, in one transaction.
  ///
  /// - Returns: How many steps were run.
  @discardableResult
  func migrate(_ database: Database) throws -> Int {
    var count = 0
    try database.inTransaction(.immediate) {
      // Another program may have been here while this one waited for the lock.
      let plan = try plan(database)
      guard !plan.steps.isEmpty else {
        try Self.checkWriter(database, path)
        return .commit
      }
      for migration in plan.steps {
        try database.execute(sql: migration.sql)
        if plan.from + count == 0 { try Self.identify(database) }
        try Self.raise("min_writer", to: migration.minimumWriter, database)
        try Self.raise("min_reader", to: migration.minimumReader, database)
        count += 1
      }
      try database.execute(sql: "PRAGMA user_version = \(steps.count)")
      return .commit
    }
    return count
  }

  /// The number of the last step that was run.
  static func version(_ database: Database) throws -> Int {
    try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
  }

  /// Checks that a program of this version may still write.
  ///
  /// - Throws: A ``StoreError`` with the reason `newerVersion` when not.
  static func checkWriter(_ database: Database, _ path: String) throws {
    try check("min_writer", "write", database, path)
  }

  /// Checks that a program of this version may still read.
  ///
  /// - Throws: A ``StoreError`` with the reason `newerVersion` when not.
  static func checkReader(_ database: Database, _ path: String) throws {
    try check("min_reader", "read", database, path)
  }

  private static func check(
    _ key: String,
    _ verb: String,
    _ database: Database,
    _ path: String
  ) throws {
    let statement = try PreparedStatement("SELECT value FROM meta WHERE key = ?", database)
    defer { statement.reset() }
    statement.bind(key, at: 1)
    guard try statement.step(), let needed = statement.string(0).flatMap({ Int($0) }),
      needed > Schema.version
    else { return }
    throw StoreError(
      .initializationFailed,
      .newerVersion,
      "\(path) needs version \(needed) of the schema to \(verb) it, this program knows "
        + "\(Schema.version): install the newer mcp-sidecar"
    )
  }

  private static func identify(_ database: Database) throws {
    let digits = String(UInt64.random(in: 0...UInt64.max), radix: 16)
    let identifier = String(repeating: "0", count: 16 - digits.count) + digits
    try database.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
    try database.execute(
      sql: """
        INSERT INTO meta (key, value)
        VALUES ('database_id', ?1), ('min_writer', '1'), ('min_reader', '1');
        """,
      arguments: [identifier]
    )
    try database.execute(
      sql: "INSERT INTO origins (id, database_id) VALUES (0, ?)",
      arguments: [identifier]
    )
  }

  private static func raise(_ key: String, to version: Int?, _ database: Database) throws {
    guard let version else { return }
    try database.execute(
      sql: "UPDATE meta SET value = ? WHERE key = ?",
      arguments: [String(version), key]
    )
  }
}
