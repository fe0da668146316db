internal import GRDB

internal import MCPEvents

extension AgentStore {
  /// Takes over a database that the guide's original TypeScript module wrote.
  ///
  /// It is only read. Importing it again adds only what is new in it: what was changed here
  /// meanwhile stays. Instances that are only named there are created. Values that it calls
  /// encrypted are plain text there; here they are encrypted.
  ///
  /// - Parameter path: The file.
  /// - Returns: What was taken over.
  /// - Throws: A ``StoreError``; what had been taken over stays, and the import can be repeated.
  @discardableResult
  public func importOriginal(_ path: String) async throws(StoreError) -> ImportReport {
    try await writerLane.run { [self] () throws(StoreError) in try importOriginalNow(path) }
  }

  /// The same, blocking the calling thread.
  package func importOriginalNow(_ path: String) throws(StoreError) -> ImportReport {
    _ = try openQueue()
    do {
      let original = try OriginalDatabase(path)
      defer { original.close() }
      return try original.read { database in
        guard try OriginalDatabase.isOriginal(database) else {
          throw StoreError(
            .operationFailed,
            .foreignDatabase,
            "cannot import \(path): it was not written by the original TypeScript module"
          )
        }
        var work = OriginalImport(store: self, original: database)
        try work.run()
        return work.report
      }
    } catch {
      throw .wrapping(.operationFailed, "import \(path)", error)
    }
  }
}

/// One import, in transactions short enough for others to write in between.
private struct OriginalImport {
  let store: AgentStore
  let original: Database
  var report = ImportReport()

  private static let batchSize = 1000

  mutating func run() throws {
    try importInstances()
    try importEvents()
    try importRelationships()
    try importIssues()
    try importConfig()
  }

  /// Hands the rows of a table, if there is one, to `body` in batches.
  private func forEachBatch(
    _ table: String,
    orderedBy order: String = "rowid",
    _ body: ([OriginalRow]) throws -> Void
  ) throws {
    guard try OriginalDatabase.has(table, original) else { return }
    let rows = try Row.fetchCursor(
      original,
      sql: "SELECT * FROM \(table.quotedDatabaseIdentifier) ORDER BY \(order)"
    )
    var batch: [OriginalRow] = []
    while let row = try rows.next() {
      batch.append(OriginalRow(row.copy()))
      guard batch.count == Self.batchSize else { continue }
      try body(batch)
      batch.removeAll(keepingCapacity: true)
    }
    if !batch.isEmpty { try body(batch) }
  }

  private mutating func importInstances() throws {
    var count = 0
    try forEachBatch("instances", orderedBy: "created_at, rowid") { rows in
      count += try store.transactionNow { transaction in
        try rows.reduce(0) { try $0 + (transaction.importInstance($1) ? 1 : 0) }
      }
    }
    report.instances = count
  }

  private mutating func importEvents() throws {
    var count = 0
    try forEachBatch("mcp_events", orderedBy: "id") { rows in
      let events = rows.compactMap(OriginalRecords.event)
      count += try store.transactionNow { try $0.logMCPEvents(events).ids.count }
    }
    report.events = count
  }

  private mutating func importRelationships() throws {
    var count = 0
    for table in ["instance_relationships", "relationships"] {
      try forEachBatch(table) { rows in
        count += try store.transactionNow { transaction in
          try rows.reduce(0) { try $0 + (transaction.importRelationship($1) ? 1 : 0) }
        }
      }
    }
    report.relationships = count
  }

  private mutating func importIssues() throws {
    var count = 0
    try forEachBatch("github_issues") { rows in
      count += try store.transactionNow { transaction in
        try rows.reduce(0) { try $0 + (transaction.importIssue($1) ? 1 : 0) }
      }
    }
    report.issues = count
  }

  private mutating func importConfig() throws {
    var count = 0
    try forEachBatch("user_config") { rows in
      count += try store.transactionNow { transaction in
        try rows.reduce(0) { try $0 + (transaction.importConfig($1) ? 1 : 0) }
      }
    }
    report.configValues = count
  }
}
