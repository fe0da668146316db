internal import MCPCommandLine
internal import MCPStore

/// Rows as a table of GitHub-flavoured Markdown.
struct MarkdownForm {
  let columns: [ListedColumn]
  let cells: CellText

  /// Writes the heading and the rows.
  ///
  /// - Returns: The number of rows.
  /// - Throws: What reading or writing throws.
  func write(_ source: some RowSource, to buffer: inout OutputBuffer) throws -> Int64 {
    var count: Int64 = 0
    try buffer.append(Self.line(columns.map { Self.plain(TerminalText.escaped($0.name)) }))
    try buffer.append(Self.line(columns.map { _ in "---" }))
    try source.forEach(columns) { values in
      try buffer.append(Self.line(zip(values, columns).map { Self.plain(cells.shown($0, $1)) }))
      count += 1
    }
    return count
  }

  private static func line(_ cells: [String]) -> String {
    "| " + cells.joined(separator: " | ") + " |\n"
  }

  /// Text without the characters that Markdown and HTML would take for their own.
  private static func plain(_ text: String) -> String {
    var output = ""
    for character in text {
      switch character {
      case "|", "\\", "`", "*", "_", "[", "]": output += "\\\(character)"
      case "<": output += "&lt;"
      case "&": output += "&amp;"
      default: output.append(character)
      }
    }
    return output
  }
}
