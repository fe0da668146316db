internal import MCPEvents
internal import MCPStore

/// Rows that were computed, and are no records.
struct ComputedRows: RowSource {
  let columns: [ListedColumn]
  let rows: [[ColumnValue]]

  var preview: RowPreview { .all }

  func limited(to count: Int) -> Self {
    Self(columns: columns, rows: Array(rows.prefix(count)))
  }

  func forEach(_ chosen: [ListedColumn], _ body: ([ColumnValue]) throws -> Void) throws {
    let places = chosen.compactMap { columns.firstIndex(of: $0) }
    for row in rows { try body(places.map { row[$0] }) }
  }

  func forEachLine(_ body: (Span<UInt8>) throws -> Void) throws {
    for row in rows {
      var line: [UInt8] = []
      RowLine.write(exactly: columns, row, into: &line)
      try body(line.span)
    }
  }
}
