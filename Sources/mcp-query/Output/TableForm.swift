internal import MCPCommandLine
internal import MCPEvents
internal import MCPStore
internal import MCPSystem

/// Rows as a table for a person.
struct TableForm {
  let columns: [ListedColumn]
  let cells: CellText
  let isColored: Bool
  /// The size of the terminal; `nil` in a pipe, which gets all rows in full width.
  let terminal: TerminalSize?

  /// How many rows a terminal gets unless a number was asked for.
  private static let newestCount = 200
  /// From so many rows the widths of a long table are taken.
  private static let sampleCount = 1000

  /// Writes the heading, the rows, and on a terminal a footer that says what is not shown.
  ///
  /// - Returns: The number of rows.
  /// - Throws: What reading or writing throws.
  func write(_ source: some RowSource, to buffer: inout OutputBuffer) throws -> Int64 {
    guard terminal != nil else { return try writeAll(source, to: &buffer) }
    let preview = source.preview
    guard preview != .all else {
      let count = try writeAll(source, to: &buffer)
      try buffer.append(footer(count == 1 ? "1 record." : "\(count) records."))
      return count
    }
    var rows: [[String]] = []
    try source.limited(to: Self.newestCount + 1).forEach(columns) { rows.append(text($0)) }
    let shown = Array(rows.prefix(Self.newestCount))
    try write(preview == .newest ? shown.reversed() : shown, to: &buffer)
    if rows.count > shown.count {
      let which = preview == .newest ? "newest" : "first"
      let all = "--limit N shows others, and a pipe gets all"
      try buffer.append(footer("The \(which) \(shown.count); there are more: \(all)."))
    } else {
      try buffer.append(footer(shown.count == 1 ? "1 record." : "\(shown.count) records."))
    }
    return Int64(shown.count)
  }

  private func writeAll(_ source: some RowSource, to buffer: inout OutputBuffer) throws -> Int64 {
    var sample: [[String]] = []
    var layout: TableLayout?
    var count: Int64 = 0
    try source.forEach(columns) { values in
      count += 1
      if let layout { return try buffer.append(line(text(values), layout)) }
      sample.append(text(values))
      if sample.count == Self.sampleCount { layout = try write(sample, to: &buffer) }
    }
    if layout == nil { try write(sample, to: &buffer) }
    return count
  }

  /// Writes the heading and rows, and returns their layout.
  @discardableResult
  func write(_ rows: [[String]], to buffer: inout OutputBuffer) throws -> TableLayout {
    let heading = columns.map { TerminalText.escaped($0.name) }
    let layout = TableLayout([heading] + rows, width: terminal?.columns)
    let styles = isColored ? heading.map { _ in TextStyle.bold } : []
    try buffer.append(layout.line(heading, styles: styles) + "\n")
    for row in rows { try buffer.append(line(row, layout)) }
    return layout
  }

  /// The cells of a row.
  func text(_ values: [ColumnValue]) -> [String] {
    zip(values, columns).map { cells.shown($0, $1) }
  }

  /// A row as a line.
  func line(_ row: [String], _ layout: TableLayout) -> String {
    guard isColored else { return layout.line(row) + "\n" }
    let styles = zip(row, columns).map { cell, column in
      ["outcome", "state"].contains(column.name) ? TextStyle(stateWord: cell) : nil
    }
    return layout.line(row, styles: styles) + "\n"
  }

  private func footer(_ text: String) -> String {
    (isColored ? TextStyle.dim.applied(to: text) : text) + "\n"
  }
}
