internal import GRDB
internal import Synchronization

internal import MCPEvents

extension StoreTransaction {
  /// Sets a configuration value; see ``AgentStore/setConfig(_:_:encrypted:)``.
  public func setConfig(
    _ key: String,
    _ value: String,
    encrypted: Bool? = nil
  ) throws(StoreError) {
    try operation(.operationFailed, "set \(key.quotedForMessage)") {
      try FieldRules.checkIdentifier("key", key)
      let old = try ConfigRow.find(key, database)
      let isEncrypted = encrypted ?? old?.isEncrypted ?? false
      let source = store.configuration.keys
      let text =
        isEncrypted
        ? try ValueCipher.encrypt(value, name: key, KeyRing.encryptionKey(source)) : value
      let upsert = try PreparedStatement(
        """
        INSERT INTO user_config (key, value, encrypted, updated_at) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (key) DO UPDATE SET value = ?2, encrypted = ?3, updated_at = ?4
        """,
        database
      )
      upsert.bind(key, at: 1)
      upsert.bind(text, at: 2)
      upsert.bind(isEncrypted ? 1 : 0, at: 3)
      upsert.bind(now.milliseconds, at: 4)
      try upsert.run()
      if let old, !old.isEncrypted { store.erasesLog.store(true, ordering: .relaxed) }
    }
  }

  /// A configuration value; see ``AgentStore/config(_:)``.
  public func config(_ key: String) throws(StoreError) -> String? {
    try operation(.queryFailed, "read \(key.quotedForMessage)") {
      try ConfigRow.find(key, database)?.value(store.configuration.keys)
    }
  }

  /// Deletes a configuration value; see ``AgentStore/deleteConfig(_:)``.
  public func deleteConfig(_ key: String) throws(StoreError) {
    try operation(.deleteFailed, "delete \(key.quotedForMessage)") {
      let delete = try PreparedStatement("DELETE FROM user_config WHERE key = ?", database)
      delete.bind(key, at: 1)
      try delete.run()
      guard delete.changedRows > 0 else {
        throw StoreError(
          .deleteFailed,
          .notFound,
          "there is no configuration value \(key.quotedForMessage)"
        )
      }
      store.erasesLog.store(true, ordering: .relaxed)
    }
  }
}

/// A row of `user_config`.
struct ConfigRow {
  let key: String
  let stored: String
  let isEncrypted: Bool
  let updatedAt: UnixTime

  private init(_ row: PreparedStatement) {
    key = row.string(0) ?? ""
    stored = row.string(1) ?? ""
    isEncrypted = row.integer(2) != 0
    updatedAt = row.time(3)
  }

  static func find(_ key: String, _ database: Database) throws -> Self? {
    let select = try PreparedStatement(
      "SELECT key, value, encrypted, updated_at FROM user_config WHERE key = ?",
      database
    )
    select.bind(key, at: 1)
    return try select.firstRow(Self.init)
  }

  static func all(_ database: Database) throws -> [Self] {
    let select = try PreparedStatement(
      "SELECT key, value, encrypted, updated_at FROM user_config ORDER BY key",
      database
    )
    return try select.rows(Self.init)
  }

  /// The value, decrypted if need be.
  func value(_ source: KeySource) throws(StoreError) -> String {
    guard isEncrypted else { return stored }
    return try ValueCipher.decrypt(stored, name: key, KeyRing.load(source))
  }
}
