internal import MCPEvents

/// A line that could not be stored as a record, for showing it.
package struct ShownRejectedLine: Sendable {
  /// Where it was: the run, the source, the line and the byte.
  package let place: String
  /// Why it was rejected.
  package let reason: String
  /// Its bytes; of one that is too long the first 64 KiB.
  package let bytes: [UInt8]
}

extension StoreSnapshot {
  /// Finds a rejected line.
  ///
  /// - Parameter id: Its number.
  /// - Returns: The line, or `nil` when there is none of this number.
  /// - Throws: What SQLite throws.
  package func rejectedLine(_ id: Int64) throws -> ShownRejectedLine? {
    let select = try PreparedStatement(
      SQLFragment(
        """
        SELECT run_id, source, line_number, byte_offset, byte_length, code, reason, line
        FROM rejected_lines JOIN ingest_runs ON ingest_runs.id = run_id WHERE rejected_lines.id = ?
        """,
        [.integer(id)]
      ),
      in: self
    )
    defer { select.reset() }
    guard try select.step() else { return nil }
    let source = select.string(1) ?? ""
    return ShownRejectedLine(
      place: "line \(select.integer(2)) of \(source), \(select.integer(4)) bytes from byte "
        + "\(select.integer(3)), run \(select.integer(0))",
      reason: "\(select.string(5) ?? ""): \(select.string(6) ?? "")",
      bytes: select.bytes(7)
    )
  }
}
