internal import GRDB

internal import MCPEvents

extension StoreReader {
  /// Checks one consistent state of the database: the file itself, its foreign keys, the
  /// conservation law of its runs, the numbers of its events, and every seal.
  ///
  /// Reads everything once; memory does not grow with the database.
  ///
  /// - Returns: What was found.
  /// - Throws: A ``StoreError`` when the file cannot be read at all.
  package func check() throws -> CheckReport {
    try read { snapshot in
      var report = CheckReport()
      let database = snapshot.database
      try DatabaseCheck(database).run(&report)
      var seals = SealCheck(database, origin: snapshot.databaseID)
      try seals.run(&report)
      return report
    }
  }
}

/// Checks what holds between rows.
private struct DatabaseCheck {
  private let database: Database

  init(_ database: Database) {
    self.database = database
  }

  func run(_ report: inout CheckReport) throws {
    let findings = try String.fetchAll(database, sql: "PRAGMA integrity_check")
    for finding in findings where finding != "ok" { report.note("the file is damaged: \(finding)") }
    for row in try Row.fetchAll(database, sql: "PRAGMA foreign_key_check") {
      let (table, parent) = (row[0] as String, row[2] as String)
      report.note(
        "row \(row[1] as Int64? ?? 0) of \(table) names a row of \(parent) that is missing"
      )
    }
    try conservation(&report)
    try sequences(&report)
    try ends(&report)
  }

  /// What is left where the end of the log was cut off with its events.
  private func ends(_ report: inout CheckReport) throws {
    let runs = try Int64.fetchAll(
      database,
      sql: """
        SELECT id FROM ingest_runs
        WHERE last_batch > (SELECT COALESCE(MAX(seq), 0) FROM event_batches)
        """
    )
    for run in runs { report.note("run \(run) has stored batches that are missing") }
  }

  private func conservation(_ report: inout CheckReport) throws {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT id, lines_read, events + duplicates + ignored + blank + rejected FROM ingest_runs
        """
    )
    while let row = try rows.next() {
      report.runs += 1
      let (id, lines, sum) = (row[0] as Int64, row[1] as Int64, row[2] as Int64)
      if lines != sum { report.note("run \(id) read \(lines) lines and accounts for \(sum)") }
    }
  }

  private func sequences(_ report: inout CheckReport) throws {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT instance_id, event_count, COUNT(*), MAX(instance_seq), COUNT(DISTINCT instance_seq)
        FROM mcp_events JOIN instances ON instances.id = instance_id
        GROUP BY instance_id
        """
    )
    while let row = try rows.next() {
      let (id, ever) = (row[0] as String, row[1] as Int64)
      let (count, last, different) = (row[2] as Int64, row[3] as Int64, row[4] as Int64)
      if last > ever {
        report.note("\(id.quotedForMessage) has event \(last), and counts \(ever)")
      }
      if different < count {
        report.note("\(id.quotedForMessage) has \(count - different) sequence numbers twice")
      }
    }
  }
}
