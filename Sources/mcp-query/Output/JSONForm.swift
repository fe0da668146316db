internal import MCPEvents
internal import MCPStore

/// Rows as JSON: the records of archives, or objects of some columns.
struct JSONForm {
  /// The columns; `nil` is the whole record.
  let columns: [ListedColumn]?

  /// Writes one record a line.
  ///
  /// - Returns: The number of rows.
  /// - Throws: What reading or writing throws.
  func write(_ source: some RowSource, to buffer: inout OutputBuffer) throws -> Int64 {
    var count: Int64 = 0
    try forEachRecord(of: source) { record in
      try buffer.append(json: record)
      try buffer.append("\n")
      count += 1
    }
    return count
  }

  /// Writes an array with one record a line.
  ///
  /// - Returns: The number of rows.
  /// - Throws: What reading or writing throws.
  func writeArray(_ source: some RowSource, to buffer: inout OutputBuffer) throws -> Int64 {
    var count: Int64 = 0
    try buffer.append("[")
    try forEachRecord(of: source) { record in
      try buffer.append(count == 0 ? "\n" : ",\n")
      try buffer.append(json: record)
      count += 1
    }
    try buffer.append("\n]\n")
    return count
  }

  /// Hands every record, as it is to be written, to `body`.
  func forEachRecord(
    of source: some RowSource,
    _ body: (Span<UInt8>) throws -> Void
  ) throws {
    guard let columns else { return try source.forEachLine(body) }
    var record: [UInt8] = []
    try source.forEach(columns) { values in
      record.removeAll(keepingCapacity: true)
      RowLine.write(exactly: columns, values, into: &record)
      try body(record.span)
    }
  }
}
