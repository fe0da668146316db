internal import MCPEvents
internal import MCPStore

/// The rows of a query.
struct RecordRows: RowSource {
  let table: RecordTable
  let query: RecordQuery
  let snapshot: StoreSnapshot

  var preview: RowPreview {
    if query.limit != nil { return .all }
    let isLogOrder = query.orderColumn == nil && !query.isDescending && query.offset == 0
    return isLogOrder ? .newest : .first
  }

  func limited(to count: Int) -> Self {
    var query = query
    query.limit = count
    if preview == .newest { query.isDescending = true }
    return Self(table: table, query: query, snapshot: snapshot)
  }

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

  func forEachLine(_ body: (Span<UInt8>) throws -> Void) throws {
    try snapshot.forEachLine(of: table, query, seenBy: .here, body)
  }
}
