internal import MCPCommandLine
internal import MCPEvents
internal import MCPStore

/// Values as the text of cells.
struct CellText {
  /// How many seconds the clock of shown times is ahead of UTC at a moment.
  let offset: (Int64) -> Int64

  /// A value for a person: local time, readable durations, nothing that a terminal would obey.
  func shown(_ value: ColumnValue, _ column: ListedColumn) -> String {
    switch value {
    case .null: return ""
    case .integer(let number) where column.content == .time: return time(number)
    case .integer(let number) where column.name.hasSuffix("_us"): return Self.duration(number)
    case .integer(let number) where column.content == .flag: return number == 0 ? "false" : "true"
    case .integer(let number): return String(number)
    case .text(let text), .json(let text), .mergedJSON(let text):
      // No terminal is that wide, and the rest need not be looked at.
      return TerminalText.escaped(String(text.unicodeScalars.prefix(Self.longest)))
    }
  }

  private static let longest = 4096

  /// A value for a program: times in UTC, numbers as they are.
  static func exact(_ value: ColumnValue, _ column: ListedColumn) -> String {
    switch value {
    case .null: ""
    case .integer(let number) where column.content == .time:
      UnixTime(milliseconds: number).description
    case .integer(let number) where column.content == .flag: number == 0 ? "false" : "true"
    case .integer(let number): String(number)
    case .text(let text), .json(let text), .mergedJSON(let text): text
    }
  }

  /// A moment by the clock, such as `2026-11-22 09:14:03.512`.
  func time(_ milliseconds: Int64) -> String {
    let seconds = milliseconds >= 0 ? milliseconds / 1000 : (milliseconds - 999) / 1000
    // A time at the end of time has no local one.
    let shifted = milliseconds.addingReportingOverflow(offset(seconds) * 1000)
    let time = UnixTime(milliseconds: shifted.overflow ? milliseconds : shifted.partialValue)
    let local = time.description
    return String(local.dropLast()).replacing("T", with: " ")
  }

  /// Microseconds as a person says them.
  static func duration(_ microseconds: Int64) -> String {
    switch microseconds {
    case ..<1000: "\(microseconds) µs"
    case ..<1_000_000: "\(tenths(microseconds, per: 1000)) ms"
    case ..<60_000_000: "\(tenths(microseconds, per: 1_000_000)) s"
    default: "\(microseconds / 60_000_000) min \(microseconds / 1_000_000 % 60) s"
    }
  }

  private static func tenths(_ value: Int64, per unit: Int64) -> String {
    let tenths = value * 10 / unit
    return tenths < 100 ? "\(tenths / 10).\(tenths % 10)" : "\(tenths / 10)"
  }
}
