internal import GRDB
internal import MCPEvents

/// Brings the row of a run, its rejected lines and its checkpoint up to date with a batch.
struct RunWriter {
  private let database: Database
  private let context: RunContext
  private let now: UnixTime

  init(_ database: Database, _ context: RunContext, _ now: UnixTime) {
    self.database = database
    self.context = context
    self.now = now
  }

  /// Writes what a batch adds.
  ///
  /// - Parameters:
  ///   - batch: The batch, only new events left in it.
  ///   - checkpoint: How far the file that it is from is stored then.
  ///   - counts: What became of its lines.
  ///   - refused: Lines that the store itself rejected.
  ///   - sequence: The batch's position in the log, if it has events.
  /// - Throws: What SQLite throws.
  func write(
    _ batch: RecordBatch,
    _ checkpoint: FileCheckpoint?,
    _ counts: LineCounts,
    _ refused: [RejectedLine],
    _ sequence: Int64?
  ) throws {
    guard let runID = context.runID else { return }
    for line in batch.rejected + refused { try insert(line, runID) }
    try add(counts, stored: batch.events.count, sequence, runID)
    if let checkpoint { try write(checkpoint, batch, runID) }
  }

  private func insert(_ line: RejectedLine, _ runID: Int64) throws {
    let insert = try PreparedStatement(
      """
      INSERT INTO rejected_lines
        (run_id, line_number, byte_offset, byte_length, code, reason, line, digest, received_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      database
    )
    insert.bind(runID, at: 1)
    insert.bind(line.position.number, at: 2)
    insert.bind(line.position.offset, at: 3)
    insert.bind(line.position.length, at: 4)
    insert.bind(line.reason.code.rawValue, at: 5)
    insert.bind(line.reason.message, at: 6)
    insert.bind(blob: line.bytes, at: 7)
    insert.bind(blob: line.digest, at: 8)
    insert.bind(now.milliseconds, at: 9)
    try insert.run()
  }

  private func add(
    _ counts: LineCounts,
    stored: Int,
    _ sequence: Int64?,
    _ runID: Int64
  ) throws {
    let update = try PreparedStatement(
      """
      UPDATE ingest_runs SET
        lines_read = lines_read + ?2, events = events + ?3, duplicates = duplicates + ?4,
        ignored = ignored + ?5, blank = blank + ?6, rejected = rejected + ?7, stored = stored + ?8,
        heartbeat_at = ?9, retries = ?10, waited_us = ?11, wal_bytes = MAX(wal_bytes, ?12),
        first_batch = COALESCE(first_batch, ?13), last_batch = COALESCE(?13, last_batch)
      WHERE id = ?1
      """,
      database
    )
    let statistics = context.statistics
    let numbers = [
      runID, counts.lines, counts.events, counts.duplicates, counts.ignored, counts.blank,
      counts.rejected, Int64(stored), now.milliseconds, statistics.retries,
      statistics.waitedMicroseconds, statistics.logBytes,
    ]
    for (index, number) in numbers.enumerated() { update.bind(number, at: Int32(index + 1)) }
    update.bind(sequence, at: 13)
    try update.run()
  }

  private func write(
    _ checkpoint: FileCheckpoint,
    _ batch: RecordBatch,
    _ runID: Int64
  ) throws {
    try require(checkpoint)
    let upsert = try PreparedStatement(
      """
      INSERT INTO file_checkpoints (prefix_length, prefix_digest, covered_bytes, covered_lines,
        unfinished_bytes, path, run_id, updated_at, agent_offset, tail_length, tail_digest)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
      ON CONFLICT (prefix_digest, prefix_length) DO UPDATE SET covered_bytes = ?3,
        covered_lines = ?4, unfinished_bytes = ?5, path = ?6, run_id = ?7, updated_at = ?8,
        agent_offset = ?9, tail_length = ?10, tail_digest = ?11
      """,
      database
    )
    upsert.bind(Int64(checkpoint.prefixLength), at: 1)
    upsert.bind(blob: checkpoint.prefixDigest, at: 2)
    upsert.bind(checkpoint.coveredBytes, at: 3)
    upsert.bind(checkpoint.coveredLines, at: 4)
    upsert.bind(checkpoint.unfinishedBytes, at: 5)
    upsert.bind(checkpoint.path, at: 6)
    upsert.bind(runID, at: 7)
    upsert.bind(now.milliseconds, at: 8)
    upsert.bind(checkpoint.agentOffset, at: 9)
    upsert.bind(Int64(checkpoint.tailLength), at: 10)
    upsert.bind(blob: checkpoint.tailDigest, at: 11)
    try upsert.run()
    guard let length = checkpoint.formerPrefixLength, let digest = checkpoint.formerPrefixDigest
    else { return }
    let delete = try PreparedStatement(
      "DELETE FROM file_checkpoints WHERE prefix_digest = ? AND prefix_length = ?",
      database
    )
    delete.bind(blob: digest, at: 1)
    delete.bind(Int64(length), at: 2)
    try delete.run()
  }

  /// Makes sure that nobody else has stored lines of the file meanwhile.
  private func require(_ checkpoint: FileCheckpoint) throws {
    guard checkpoint.expectation != .anything else { return }
    let select = try PreparedStatement(
      """
      SELECT covered_bytes FROM file_checkpoints WHERE prefix_digest = ? AND prefix_length = ?
      """,
      database
    )
    defer { select.reset() }
    select.bind(blob: checkpoint.formerPrefixDigest ?? checkpoint.prefixDigest, at: 1)
    select.bind(Int64(checkpoint.formerPrefixLength ?? checkpoint.prefixLength), at: 2)
    let found: FileCheckpoint.Expectation =
      try select.step() ? .coveredBytes(select.integer(0)) : .nothing
    guard found == checkpoint.expectation else {
      throw StoreError(
        .logFailed,
        .conflict,
        "\(checkpoint.path) is being recorded by another process, which was faster: "
          + "try again once it has ended"
      )
    }
  }
}
