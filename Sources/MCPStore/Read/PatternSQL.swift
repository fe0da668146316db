internal import MCPEvents

/// Turns globs into conditions: plain words become equalities, which indexes serve.
enum PatternSQL {
  /// The condition that `column` matches one of the patterns, and none of those with a `!`.
  static func condition(_ patterns: [String], on column: String) -> SQLFragment? {
    condition(patterns) { matches($0, column) }
  }

  /// The same, with a condition of the caller's for one pattern.
  static func condition(
    _ patterns: [String],
    _ match: (String) throws -> SQLFragment
  ) rethrows -> SQLFragment? {
    let included = try patterns.filter { !$0.hasPrefix("!") }.map(match)
    let excluded = try patterns.filter { $0.hasPrefix("!") }.map { try match(String($0.dropFirst())) }
    var conditions = included.isEmpty ? [] : [SQLFragment.any(included)]
    conditions += excluded.map(SQLFragment.not)
    return conditions.isEmpty ? nil : .all(conditions)
  }

  /// The condition that `column` matches one glob.
  static func matches(_ glob: String, _ column: String) -> SQLFragment {
    isGlob(glob)
      ? SQLFragment("\(column) GLOB ?", [.text(glob)])
      : SQLFragment("\(column) = ?", [.text(glob)])
  }

  /// Whether a pattern has a character that stands for others.
  static func isGlob(_ pattern: String) -> Bool {
    pattern.utf8.contains { byte in
      byte == UInt8(ascii: "*") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "[")
    }
  }
}
