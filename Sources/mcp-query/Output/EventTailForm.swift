internal import MCPEvents
internal import MCPStore

/// Events as they come: the widths of the table's columns stay what they were at first.
struct EventTailForm {
  private let columns: [ListedColumn]?
  private let table: TableForm
  private let isTable: Bool
  private var layout: TableLayout?

  init(_ columns: [ListedColumn]?, _ listing: Listing, isTable: Bool) {
    self.columns = columns
    table = listing.tableForm(columns)
    self.isTable = isTable
  }

  /// Writes the events of a query at once.
  ///
  /// - Parameters:
  ///   - query: Which events.
  ///   - isReversed: Whether the last of them is written first.
  ///   - snapshot: Where they are.
  /// - Throws: What reading or writing throws.
  mutating func write(
    _ query: RecordQuery,
    isReversed: Bool,
    _ snapshot: StoreSnapshot
  ) throws {
    let source = RecordRows(table: .events, query: query, snapshot: snapshot)
    var buffer = OutputBuffer()
    if isTable {
      var rows: [[String]] = []
      try source.forEach(table.columns) { rows.append(table.text($0)) }
      if isReversed { rows.reverse() }
      if let layout {
        for row in rows { try buffer.append(table.line(row, layout)) }
      } else {
        layout = try table.write(rows, to: &buffer)
      }
    } else {
      var lines: [[UInt8]] = []
      try JSONForm(columns: columns).forEachRecord(of: source) { lines.append(Array(copying: $0)) }
      if isReversed { lines.reverse() }
      for line in lines {
        try buffer.append(json: line.span)
        try buffer.append("\n")
      }
    }
    try buffer.flush()
  }
}
