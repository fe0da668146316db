internal import GRDB
internal import MCPStore

/// What a program does that uses GRDB itself, on the same schema with the same settings.
enum Hand {
  /// Opens a database that has our schema.
  static func queue(_ path: String) async throws -> DatabaseQueue {
    try await AgentStore.open(.file(path)).disconnect()
    var configuration = Configuration()
    configuration.prepareDatabase { database in
      try database.execute(sql: "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4096")
    }
    return try DatabaseQueue(path: path, configuration: configuration)
  }

  static func insertInstance(_ id: String, _ database: Database) throws {
    try database.execute(
      sql: """
        INSERT INTO instances (id, created_at, last_activity, status_changed_at)
        VALUES (?, 0, 0, 0)
        """,
      arguments: [id]
    )
  }

  static func insertEvent(_ instance: String, _ metadata: String, _ database: Database) throws {
    let insert = try database.cachedStatement(
      sql: """
        INSERT INTO mcp_events (instance_id, tool_name, success, metadata, timestamp, outcome,
          received_at, instance_seq)
        VALUES (?, 'edit_file', 1, ?, 1, 'ok', 1, 1)
        """
    )
    try insert.execute(arguments: [instance, metadata])
  }

  static func newestEvent(_ database: Database) throws -> Int64 {
    try Int64.fetchOne(database, sql: "SELECT MAX(id) FROM mcp_events") ?? 0
  }

  /// The first page of an order.
  static func page(_ column: String, _ condition: String, _ database: Database) throws -> Int {
    let select = try database.cachedStatement(
      sql: "SELECT * FROM instances \(condition) ORDER BY \(column) DESC LIMIT 20"
    )
    return try Row.fetchAll(select).count
  }
}

extension StoreConfiguration {
  /// The default configuration with another file.
  static func file(_ path: String) -> Self {
    Self(local: Local(file: path))
  }
}
