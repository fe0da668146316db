/// The widths of a table's columns, made to fit a terminal.
struct TableLayout {
  private(set) var widths: [Int]

  private static let gap = 2
  private static let narrowest = 6

  /// Makes room for the longest cell of each column, and takes from the widest what is too much.
  ///
  /// - Parameters:
  ///   - rows: The heading and the cells, of which there are as many in each row.
  ///   - width: The columns of the terminal; `nil` is no limit.
  init(_ rows: [[String]], width: Int?) {
    widths = Array(repeating: 0, count: rows.first?.count ?? 0)
    for row in rows {
      for (index, cell) in row.enumerated() {
        widths[index] = max(widths[index], DisplayWidth.of(cell))
      }
    }
    guard let width else { return }
    var excess = widths.reduce(0, +) + Self.gap * max(0, widths.count - 1) - width
    while excess > 0, let widest = widths.indices.max(by: { widths[$0] < widths[$1] }),
      widths[widest] > Self.narrowest
    {
      let next = widths.indices.filter { $0 != widest }.map { widths[$0] }.max() ?? 0
      let cut = min(excess, max(1, widths[widest] - max(next, Self.narrowest)))
      widths[widest] -= cut
      excess -= cut
    }
  }

  /// One row as a line, without a line feed.
  ///
  /// - Parameters:
  ///   - cells: The cells.
  ///   - styles: A style for each cell; empty is plain.
  /// - Returns: The line.
  func line(_ cells: [String], styles: [TextStyle?] = []) -> String {
    var line = ""
    for (index, cell) in cells.enumerated() {
      let isLast = index == cells.count - 1
      let fitted = DisplayWidth.fit(cell, to: widths[index], isPadded: !isLast)
      let style = index < styles.count ? styles[index] : nil
      line += style?.applied(to: fitted) ?? fitted
      if !isLast { line += String(repeating: " ", count: Self.gap) }
    }
    while line.hasSuffix(" ") { line.removeLast() }
    return line
  }
}

/// How text looks on a terminal.
enum TextStyle: String {
  case bold = "1"
  case dim = "2"
  case red = "31"
  case green = "32"
  case yellow = "33"

  /// The text between the codes for the style and for none (ECMA-48 SGR).
  func applied(to text: String) -> String { "\u{1B}[\(rawValue)m\(text)\u{1B}[0m" }

  /// The style of a word that says how something stands.
  init?(stateWord word: String) {
    switch word {
    case "error", "denied", "timeout", "failed", "interrupted": self = .red
    case "incomplete", "cancelled", "input_required", "unknown", "stopped": self = .yellow
    case "ok", "running": self = .green
    default: return nil
    }
  }
}
