internal import GRDB
package import MCPEvents

/// A rejected line as it is stored.
package struct StoredRejectedLine: Sendable {
  package let id: Int64
  package let position: LinePosition
  /// Its bytes; of one that is too long the first 64 KiB.
  package let bytes: [UInt8]
  /// Whether ``bytes`` is all of it.
  package let isWhole: Bool
  package let receivedAt: UnixTime
}

extension AgentStore {
  /// Reads rejected lines in the order of their numbers.
  ///
  /// - Parameters:
  ///   - id: The number after which to begin.
  ///   - limit: How many at most.
  /// - Returns: The lines; none at the end.
  /// - Throws: A ``StoreError`` when the database cannot be read.
  package func rejectedLines(
    after id: Int64,
    limit: Int64
  ) throws(StoreError) -> [StoredRejectedLine] {
    try withConnection(.queryFailed, "read the rejected lines of \(path)") { database in
      let select = try PreparedStatement(
        """
        SELECT id, line_number, byte_offset, byte_length, line, digest IS NULL, received_at
        FROM rejected_lines WHERE id > ? ORDER BY id LIMIT ?
        """,
        database
      )
      defer { select.reset() }
      select.bind(id, at: 1)
      select.bind(limit, at: 2)
      var lines: [StoredRejectedLine] = []
      while try select.step() { lines.append(StoredRejectedLine(select)) }
      return lines
    }
  }

  /// Deletes rejected lines.
  ///
  /// - Parameter ids: Their numbers; `nil` means all. Numbers that there are not are no error.
  /// - Returns: How many there were.
  /// - Throws: A ``StoreError`` when the database cannot be written.
  package func deleteRejectedLines(_ ids: [Int64]?) throws(StoreError) -> Int {
    try write(.deleteFailed, "delete rejected lines of \(path)") { database in
      guard let ids else {
        try database.execute(sql: "DELETE FROM rejected_lines")
        return database.changesCount
      }
      var count = 0
      for id in ids {
        try database.execute(sql: "DELETE FROM rejected_lines WHERE id = ?", arguments: [id])
        count += database.changesCount
      }
      return count
    }
  }
}

extension StoredRejectedLine {
  fileprivate init(_ row: PreparedStatement) {
    id = row.integer(0)
    position = LinePosition(number: row.integer(1), offset: row.integer(2), length: row.integer(3))
    bytes = row.bytes(4)
    isWhole = row.integer(5) != 0
    receivedAt = UnixTime(milliseconds: row.integer(6))
  }
}
