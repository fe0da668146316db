internal import GRDB
internal import MCPEvents
internal import MCPSystem

/// What a run is, when it begins.
package struct RunDescription: Sendable {
  /// What is read: `stdin`, or a file.
  package var source: String
  package var labels: [String: String] = [:]
  package var host: String?
  package var user: String?
  package var processID: Int64
  package var programVersion: String

  package init(source: String, processID: Int64, programVersion: String) {
    self.source = source
    self.processID = processID
    self.programVersion = programVersion
  }
}

/// How a run ended.
package enum RunEnding: String, Sendable {
  /// The end of the input was reached.
  case finished
  /// A signal stopped it before.
  case stopped
  /// It could not go on.
  case failed
  /// It was killed, and another run found it so.
  case interrupted
}

/// What a run notes of itself besides the lines.
package struct RunStatistics: Hashable, Sendable {
  package var redactions: Int64 = 0
  package var spilled: Int64 = 0
  package var lost: Int64 = 0
  /// How often a batch had to be tried again.
  package var retries: Int64 = 0
  /// How long the write lock was waited for.
  package var waitedMicroseconds: Int64 = 0
  /// How large the write-ahead log was.
  package var logBytes: Int64 = 0

  package init() {}
}

extension AgentStore {
  /// The source of the run that all hooks of a machine share: each is a process of its own.
  package static let hookSource = "hook"

  /// The run that short processes share; it is begun by the first of them, and never ends.
  ///
  /// - Returns: The id of the run.
  /// - Throws: A ``StoreError`` when the database cannot be written.
  package func sharedRun(_ run: RunDescription) throws(StoreError) -> Int64 {
    let known = try withConnection(.queryFailed, "read the runs of \(path)") { database in
      try Int64.fetchOne(
        database,
        sql: """
          SELECT id FROM ingest_runs WHERE source = ? AND host IS ? AND ended_at IS NULL
          ORDER BY id DESC LIMIT 1
          """,
        arguments: [run.source, run.host]
      )
    }
    if let known { return known }
    return try beginRun(run)
  }

  /// Begins a run, and marks those of this machine that were killed.
  ///
  /// - Returns: The id of the run.
  /// - Throws: A ``StoreError`` when the database cannot be written.
  package func beginRun(_ run: RunDescription) throws(StoreError) -> Int64 {
    let time = now()
    return try write(.logFailed, "begin a run in \(path)") { database in
      try markInterrupted(host: run.host, database)
      try forgetOldOpenCalls(before: time.milliseconds - Self.openCallLifetime, database)
      let insert = try PreparedStatement(
        """
        INSERT INTO ingest_runs
          (source, labels, host, os_user, pid, program_version, started_at, heartbeat_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7) RETURNING id
        """,
        database
      )
      defer { insert.reset() }
      insert.bind(run.source, at: 1)
      insert.bind(run.labels.isEmpty ? nil : RunLabels.json(run.labels), at: 2)
      insert.bind(run.host, at: 3)
      insert.bind(run.user, at: 4)
      insert.bind(run.processID, at: 5)
      insert.bind(run.programVersion, at: 6)
      insert.bind(time.milliseconds, at: 7)
      _ = try insert.step()
      return insert.integer(0)
    }
  }

  /// How long the notes of a call are kept whose result does not come: 7 days, in milliseconds.
  private static let openCallLifetime: Int64 = 7 * 86_400_000

  /// A call of an old file is as young as the run that read it; the run of hooks never ends.
  private func forgetOldOpenCalls(before time: Int64, _ database: Database) throws {
    try database.execute(
      sql: """
        DELETE FROM open_calls WHERE started_at < ?1 AND COALESCE(run_id, 0) NOT IN
          (SELECT id FROM ingest_runs WHERE (ended_at IS NULL OR ended_at >= ?1) AND source <> ?2)
        """,
      arguments: [time, Self.hookSource]
    )
  }

  private func markInterrupted(host: String?, _ database: Database) throws {
    let open = try Row.fetchAll(
      database,
      sql: """
        SELECT id, pid, heartbeat_at FROM ingest_runs
        WHERE ended_at IS NULL AND host IS ? AND source <> ?
        """,
      arguments: [host, Self.hookSource]
    )
    for row in open
    where !ProcessEnvironment.isRunning(
      processID: Int32(clamping: row[1] as Int64),
      seenAt: row[2]
    ) {
      try database.execute(
        sql: """
          UPDATE ingest_runs SET ending = 'interrupted', ended_at = heartbeat_at WHERE id = ?
          """,
        arguments: [row[0] as Int64]
      )
    }
  }

  /// Notes that runs are alive, and how they fare.
  ///
  /// - Throws: A ``StoreError`` when the database cannot be written.
  package func keepAlive(_ runs: [Int64], _ statistics: RunStatistics) throws(StoreError) {
    try note(runs, statistics, ending: nil, error: nil)
  }

  /// Ends runs.
  ///
  /// - Parameters:
  ///   - runs: Which ones.
  ///   - statistics: What they note of themselves.
  ///   - ending: How they end.
  ///   - error: Why, if they could not go on.
  /// - Throws: A ``StoreError`` when the database cannot be written.
  package func endRuns(
    _ runs: [Int64],
    _ statistics: RunStatistics,
    _ ending: RunEnding,
    error: String? = nil
  ) throws(StoreError) {
    try note(runs, statistics, ending: ending, error: error)
  }

  private func note(
    _ runs: [Int64],
    _ statistics: RunStatistics,
    ending: RunEnding?,
    error: String?
  ) throws(StoreError) {
    guard !runs.isEmpty else { return }
    let time = now()
    try write(.logFailed, "update a run in \(path)") { database in
      for run in runs {
        try database.execute(
          sql: """
            UPDATE ingest_runs SET redactions = ?, spilled = ?, lost = ?, retries = ?,
              waited_us = ?, wal_bytes = MAX(wal_bytes, ?), heartbeat_at = ?, ended_at = ?,
              ending = ?, error = ?
            WHERE id = ?
            """,
          arguments: [
            statistics.redactions, statistics.spilled, statistics.lost, statistics.retries,
            statistics.waitedMicroseconds, statistics.logBytes, time.milliseconds,
            ending == nil ? nil : time.milliseconds, ending?.rawValue, error, run,
          ]
        )
      }
    }
  }

  /// How large the write-ahead log is: readers that stay make it grow.
  package var logBytes: Int64 {
    ((try? FileStatus.of(path + "-wal")) ?? nil)?.size ?? 0
  }
}

/// Labels as the JSON object they are stored as.
enum RunLabels {
  static func json(_ labels: [String: String]) -> String {
    let members = labels.sorted { $0.key < $1.key }
      .map { JSONText.quoted($0) + ":" + JSONText.quoted($1) }
    return "{" + members.joined(separator: ",") + "}"
  }
}
