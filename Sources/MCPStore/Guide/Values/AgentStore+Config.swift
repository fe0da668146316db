internal import GRDB

public import MCPEvents

/// A configuration value, without the value itself.
public struct ConfigEntry: Hashable, Sendable {
  /// Its name.
  public let key: String
  /// Whether it is stored encrypted.
  public let isEncrypted: Bool
  /// When it was last set.
  public let updatedAt: UnixTime
}

extension AgentStore {
  /// Sets a configuration value.
  ///
  /// - Parameters:
  ///   - key: Its name, 1 to 1024 bytes.
  ///   - value: The value.
  ///   - encrypted: Whether it is stored encrypted; `nil` leaves that as it is, and is no for a
  ///     new one. The first encrypted value makes a key file, see ``KeySource/standard``.
  /// - Throws: A ``StoreError``, with the reason ``StoreError/Reason/key`` when there is no usable
  ///   key.
  public func setConfig(
    _ key: String,
    _ value: String,
    encrypted: Bool? = nil
  ) async throws(StoreError) {
    try await perform(.operationFailed) { try $0.setConfig(key, value, encrypted: encrypted) }
  }

  /// A configuration value, decrypted if it is stored encrypted; `nil` when there is none.
  ///
  /// - Parameter key: Its name.
  /// - Returns: The value.
  /// - Throws: A ``StoreError``: reason ``StoreError/Reason/key`` when the key it was encrypted
  ///   with is not there, ``StoreError/Reason/corrupt`` when the stored value was tampered with.
  public func config(_ key: String) async throws(StoreError) -> String? {
    let source = configuration.keys
    return try await query("read \(key.quotedForMessage)") {
      try ConfigRow.find(key, $0)?.value(source)
    }
  }

  /// Deletes a configuration value.
  ///
  /// - Parameter key: Its name.
  /// - Throws: A ``StoreError`` with the code ``StoreError/Code/deleteFailed``, and the reason
  ///   `notFound` when there is none.
  public func deleteConfig(_ key: String) async throws(StoreError) {
    try await perform(.deleteFailed) { try $0.deleteConfig(key) }
  }

  /// The names of all configuration values, in alphabetical order.
  ///
  /// - Returns: The names, without the values.
  /// - Throws: A ``StoreError``.
  public func configKeys() async throws(StoreError) -> [ConfigEntry] {
    try await query("list the configuration values") { try RecordQueries.configEntries($0) }
  }

  /// The same as ``config(_:)``, blocking the calling thread.
  package func configNow(_ key: String) throws(StoreError) -> String? {
    let source = configuration.keys
    return try read("read \(key.quotedForMessage)") {
      try ConfigRow.find(key, $0)?.value(source)
    }
  }

  /// The same as ``configKeys()``, blocking the calling thread.
  package func configKeysNow() throws(StoreError) -> [ConfigEntry] {
    try read("list the configuration values") { try RecordQueries.configEntries($0) }
  }

  /// Encrypts all encrypted values with a new key.
  ///
  /// Where the keys are in a file, it gets a new key before the others, which stay there: other
  /// databases and backups may still need them. Where the key comes from elsewhere, the values are
  /// encrypted with the key that is given now.
  ///
  /// - Returns: How many values were encrypted again.
  /// - Throws: A ``StoreError``; nothing has changed then.
  @discardableResult
  public func rekeyConfig() async throws(StoreError) -> Int {
    try await perform(.operationFailed) { try $0.rekeyConfig() }
  }
}

extension RecordQueries {
  static func configEntries(_ database: Database) throws -> [ConfigEntry] {
    try ConfigRow.all(database).map {
      ConfigEntry(key: $0.key, isEncrypted: $0.isEncrypted, updatedAt: $0.updatedAt)
    }
  }
}

extension StoreTransaction {
  /// Encrypts all encrypted values with a new key.
  package func rekeyConfig() throws(StoreError) -> Int {
    try operation(.operationFailed, "encrypt the configuration values again") {
      let source = store.configuration.keys
      let rows = try ConfigRow.all(database).filter(\.isEncrypted)
      // All are read before the key changes, so that a value that cannot be read changes nothing.
      let values = try rows.map { try $0.value(source) }
      let key = try KeyRing.file(of: source)?.rotate() ?? KeyRing.encryptionKey(source)
      let update = try PreparedStatement(
        "UPDATE user_config SET value = ?2 WHERE key = ?1",
        database
      )
      for (row, value) in zip(rows, values) {
        update.bind(row.key, at: 1)
        update.bind(try ValueCipher.encrypt(value, name: row.key, key), at: 2)
        try update.run()
      }
      return rows.count
    }
  }
}
