internal import MCPCommandLine
internal import MCPStore
internal import MCPSystem

/// Rows as comma-separated values (RFC 4180), with a heading.
struct CSVForm {
  let columns: [ListedColumn]

  /// Writes the heading and the rows.
  ///
  /// - Returns: The number of rows.
  /// - Throws: What reading or writing throws.
  func write(_ source: some RowSource, to buffer: inout OutputBuffer) throws -> Int64 {
    let isTerminal = BorrowedDescriptor.standardOutput.isTerminal
    var count: Int64 = 0
    let heading = columns.map(\.name)
    try buffer.append(Self.line(isTerminal ? heading.map { TerminalText.escaped($0) } : heading))
    try source.forEach(columns) { values in
      let cells = zip(values, columns).map(CellText.exact)
      try buffer.append(
        Self.line(isTerminal ? cells.map { TerminalText.escaped($0) } : cells)
      )
      count += 1
    }
    return count
  }

  /// A record with its line break.
  static func line(_ cells: [String]) -> String {
    cells.map(field).joined(separator: ",") + "\r\n"
  }

  private static func field(_ text: String) -> String {
    let needsQuotes = text.utf8.contains { byte in
      byte == UInt8(ascii: "\"") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n")
        || byte == UInt8(ascii: "\r")
    }
    return needsQuotes ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
  }
}
