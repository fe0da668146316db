package import MCPEvents

extension StoreSnapshot {
  /// Hands the values of all columns of every run that a query means to `body`.
  ///
  /// - Parameters:
  ///   - query: Which runs.
  ///   - observer: Who looks at them: decides which of them still go.
  ///   - body: Gets a value for each column of ``RecordTable/runs``.
  /// - Throws: What SQLite or `body` throws; a ``FilterError`` for a filter that is not clear.
  package func forEachRun(
    _ query: RecordQuery,
    seenBy observer: RunObserver,
    _ body: ([ColumnValue]) throws -> Void
  ) throws {
    let columns = RecordTable.runs.columns
    try forEachRow(of: .runs, columns, query) { values in
      var values = values
      observer.addState(to: &values, columns)
      try body(values)
    }
  }

  /// Appends the line of a run: its columns, and the evidence before and after it.
  package func writeRunLine(_ values: [ColumnValue], into line: inout [UInt8]) throws {
    let columns = RecordTable.runs.columns
    RowLine.write(columns, values, kind: "run", into: &line)
    guard let first = columns.firstIndex(where: { $0.name == "first_batch" }),
      let start = values[first].number, let end = values[first + 1].number
    else { return }
    line.removeLast()
    line.append(",\"head_before\":")
    line.append(contentsOf: try evidenceHead(of: start - 1).json.utf8)
    line.append(",\"head_after\":")
    line.append(contentsOf: try evidenceHead(of: end).json.utf8)
    line.append("}")
  }
}
