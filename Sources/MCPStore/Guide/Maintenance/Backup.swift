internal import GRDB
internal import MCPSystem

/// Copies a database that is in use into a file.
///
/// It uses SQLite's online backup on a connection of its own, so that writers go on meanwhile. The
/// copy gets its name only when it has proven to be whole.
struct Backup {
  private let store: AgentStore

  init(of store: AgentStore) {
    self.store = store
  }

  /// Writes the copy.
  ///
  /// - Parameters:
  ///   - target: Its file.
  ///   - isReplacing: Whether a file of that name may be replaced.
  /// - Throws: What was in the way; a file of that name is then as it was.
  func write(to target: String, isReplacing: Bool) throws {
    try checkTarget(target, isReplacing: isReplacing)
    let temporary = try HiddenFile(beside: target)
    do {
      let counts = try copy(to: temporary.path)
      try verify(temporary.path, counts)
      if isReplacing {
        try FileSystem.rename(temporary.path, to: target)
      } else {
        try FileSystem.renameWithoutReplacing(temporary.path, to: target)
      }
    } catch {
      temporary.remove()
      throw error
    }
    try FileSystem.synchronizeDirectory(FileSystem.parent(of: target))
  }

  private func checkTarget(_ target: String, isReplacing: Bool) throws {
    guard let status = try FileStatus.of(target) else { return }
    if let own = try FileStatus.of(store.path), own.inode == status.inode,
      own.device == status.device
    {
      throw refusal(.invalid, "\(target) is the database itself: name another file")
    }
    guard status.kind == .regular else {
      throw refusal(.invalid, "\(target) is no file: name a file")
    }
    guard isReplacing else {
      throw refusal(.exists, "\(target) exists already: name another file, or replace it")
    }
  }

  private func refusal(_ reason: StoreError.Reason, _ message: String) -> StoreError {
    StoreError(.operationFailed, reason, "cannot back up \(store.path): \(message)")
  }

  // MARK: Copying

  /// The number of rows of each table.
  private typealias Counts = [String: Int64]

  /// Copies all pages; the count is taken in the same snapshot.
  private func copy(to path: String) throws -> Counts {
    let target = try DatabaseQueue(path: path)
    defer { try? target.close() }
    // In memory there is only the one connection; a file gets another one, and no waiting.
    let source =
      store.hasOwnFile
      ? try DatabaseQueue(path: store.path, configuration: Self.reading)
      : try store.openedWriter()
    defer { if store.hasOwnFile { try? source.close() } }
    return try source.read { database in
      let counts = try Self.counts(database)
      try target.writeWithoutTransaction { try database.backup(to: $0) }
      return counts
    }
  }

  private static var reading: Configuration {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.label = "mcp-store.backup"
    configuration.busyMode = .timeout(30)
    return configuration
  }

  private static func counts(_ database: Database) throws -> Counts {
    let tables = try String.fetchAll(
      database,
      sql: "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    var counts: Counts = [:]
    for table in tables {
      let name = table.quotedDatabaseIdentifier
      counts[table] = try Int64.fetchOne(database, sql: "SELECT COUNT(*) FROM \(name)") ?? 0
    }
    return counts
  }

  // MARK: Verifying

  private func verify(_ path: String, _ expected: Counts) throws {
    let queue = try DatabaseQueue(path: path)
    // Closing removes the files that SQLite keeps beside it.
    defer { try? queue.close() }
    try queue.writeWithoutTransaction { database in
      let findings = try String.fetchAll(database, sql: "PRAGMA integrity_check(1)")
      guard findings == ["ok"] else {
        throw refusal(.corrupt, "the copy is damaged: \(findings.joined(separator: ", "))")
      }
      guard try Self.counts(database) == expected else {
        throw refusal(.corrupt, "the copy has not as many rows")
      }
      // A backup is one file: it stands for itself wherever it is copied.
      _ = try String.fetchOne(database, sql: "PRAGMA journal_mode = DELETE")
    }
  }
}

/// An empty file under a name that nobody else has, for its owner only.
private struct HiddenFile {
  let path: String

  init(beside target: String) throws {
    let unique = String(UInt64.random(in: 0 ... .max), radix: 36)
    let name = FileSystem.lastComponent(of: target).prefix(40)
    path = "\(FileSystem.parent(of: target))/.\(name).\(unique).tmp"
    try FileDescriptor.open(path, for: .creating).close()
  }

  /// Removes it, and what SQLite may have put beside it.
  func remove() {
    for suffix in ["", "-wal", "-shm", "-journal"] {
      _ = try? FileSystem.removeIfPresent(path + suffix)
    }
  }
}
