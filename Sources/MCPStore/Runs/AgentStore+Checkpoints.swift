internal import GRDB

extension AgentStore {
  /// The lengths of the beginnings by which files are known, the longest first.
  ///
  /// - Throws: A ``StoreError`` when the database cannot be read.
  package func checkpointPrefixLengths() throws(StoreError) -> [Int] {
    try withConnection(.queryFailed, "read the checkpoints in \(path)") { database in
      let sql = "SELECT DISTINCT prefix_length FROM file_checkpoints ORDER BY 1 DESC"
      return try Int.fetchAll(database, sql: sql)
    }
  }

  /// The checkpoint of the file that begins with these bytes.
  ///
  /// - Parameters:
  ///   - prefixLength: How many bytes.
  ///   - digest: Their SHA-256.
  /// - Returns: `nil` when no such file has been read.
  /// - Throws: A ``StoreError`` when the database cannot be read.
  package func checkpoint(
    prefixLength: Int,
    digest: [UInt8]
  ) throws(StoreError) -> FileCheckpoint? {
    try withConnection(.queryFailed, "read the checkpoints in \(path)") { database in
      let select = try PreparedStatement(
        """
        SELECT covered_bytes, covered_lines, unfinished_bytes, agent_offset, path, tail_length,
          tail_digest
        FROM file_checkpoints WHERE prefix_digest = ? AND prefix_length = ?
        """,
        database
      )
      defer { select.reset() }
      select.bind(blob: digest, at: 1)
      select.bind(Int64(prefixLength), at: 2)
      guard try select.step() else { return nil }
      var checkpoint = FileCheckpoint(
        prefixLength: prefixLength,
        prefixDigest: digest,
        coveredBytes: select.integer(0),
        coveredLines: select.integer(1),
        unfinishedBytes: select.integer(2),
        agentOffset: select.optionalInteger(3),
        path: select.string(4) ?? ""
      )
      checkpoint.tailLength = Int(select.integer(5))
      checkpoint.tailDigest = select.isNull(6) ? nil : select.bytes(6)
      return checkpoint
    }
  }

  /// How long writers of this store have waited for the lock in all, in milliseconds.
  package var waitedMilliseconds: Int64 { wait.totalMilliseconds }
}
