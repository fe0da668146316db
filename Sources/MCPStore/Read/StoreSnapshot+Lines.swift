internal import MCPEvents

extension StoreSnapshot {
  /// Hands the JSON line of every row that a query means to `body`: the line that an archive holds.
  ///
  /// - Parameters:
  ///   - table: The table.
  ///   - query: Which rows.
  ///   - observer: Who looks at runs.
  ///   - body: Gets each line, without a line feed; the bytes are used again for the next.
  /// - Throws: What SQLite or `body` throws; a ``FilterError`` for a filter that is not clear.
  package func forEachLine(
    of table: RecordTable,
    _ query: RecordQuery,
    seenBy observer: RunObserver,
    _ body: (Span<UInt8>) throws -> Void
  ) throws {
    var line: [UInt8] = []
    func handOver(_ write: (inout [UInt8]) throws -> Void) throws {
      line.removeAll(keepingCapacity: true)
      try write(&line)
      try body(line.span)
    }
    switch table {
    case .events: try forEachEventLine(query, body)
    case .instances, .relationships, .issues:
      guard let kind = table.recordKind else { return }
      let columns = kind.columns
      try forEachRow(of: table, table.columns, query) { values in
        try handOver { RecordLine.write(kind, table.lineValues(values, columns), into: &$0) }
      }
    case .runs:
      try forEachRun(query, seenBy: observer) { values in
        try handOver { try writeRunLine(values, into: &$0) }
      }
    case .rejected:
      try forEachRow(of: table, table.columns, query) { values in
        try handOver { RowLine.write(table.columns, values, kind: "rejected_line", into: &$0) }
      }
    }
  }
}

extension RecordTable {
  /// The kind of the table's records, where they can be upserted.
  var recordKind: RecordKind? {
    switch self {
    case .instances: .instance
    case .relationships: .relationship
    case .issues: .issue
    case .events, .runs, .rejected: nil
    }
  }

  /// The values as lines have them: numbers that only this database knows a record by are left out,
  /// so that the same record has the same line on every machine.
  func lineValues(_ values: [ColumnValue], _ columns: [Column]) -> [ColumnValue] {
    let local =
      switch self {
      case .instances: "event_count"
      case .relationships: "id"
      case .events, .issues, .runs, .rejected: ""
      }
    return zip(columns, values).map { $0.name == local ? .null : $1 }
  }
}
