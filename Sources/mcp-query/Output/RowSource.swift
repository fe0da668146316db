internal import MCPEvents
internal import MCPStore

/// The rows of a query, of whichever table.
struct RowSource {
  let table: RecordTable
  let query: RecordQuery
  let snapshot: StoreSnapshot

  /// Hands the values of some columns of every row to `body`.
  func forEach(_ columns: [ListedColumn], _ body: ([ColumnValue]) throws -> Void) throws {
    guard table == .runs else {
      return try snapshot.forEachRow(of: table, columns, query, body)
    }
    // How a run stands follows from several of its columns.
    let all = table.columns
    let places = columns.compactMap { all.firstIndex(of: $0) }
    try snapshot.forEachRun(query, seenBy: .here) { values in
      try body(places.map { values[$0] })
    }
  }

  /// Hands the JSON line of every row to `body`.
  func forEachLine(_ body: (Span<UInt8>) throws -> Void) throws {
    try snapshot.forEachLine(of: table, query, seenBy: .here, body)
  }
}
