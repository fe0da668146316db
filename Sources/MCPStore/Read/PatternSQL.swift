internal import MCPEvents

/// Turns globs into conditions: plain words become equalities, which indexes serve.
enum PatternSQL {
  /// The condition that `column` matches one of the patterns, and none of those with a `!`.
  static func condition(_ patterns: [String], on column: String) -> SQLFragment? {
    let globs = GlobSet(patterns)
    return join(
      included: globs.included.map { matches($0, column) },
      excluded: globs.excluded.map { matches($0, column) }
    )
  }

  /// The same, with a condition of the caller's for one glob.
  static func condition(
    _ patterns: [String],
    _ match: (Glob) throws -> SQLFragment
  ) throws -> SQLFragment? {
    let globs = GlobSet(patterns)
    return join(
      included: try globs.included.map(match),
      excluded: try globs.excluded.map(match)
    )
  }

  private static func join(included: [SQLFragment], excluded: [SQLFragment]) -> SQLFragment? {
    let conditions = (included.isEmpty ? [] : [.any(included)]) + excluded.map(SQLFragment.not)
    return conditions.isEmpty ? nil : .all(conditions)
  }

  /// The condition that `column` matches one glob.
  static func matches(_ glob: Glob, _ column: String) -> SQLFragment {
    if let word = glob.literal { return SQLFragment("\(column) = ?", [.text(word)]) }
    let test = meansTheSameInSQL(glob) ? "\(column) GLOB ?" : "mcp_glob(?, \(column))"
    return SQLFragment(test, [.text(glob.pattern)])
  }

  /// Whether SQLite's own GLOB means the same: it has other brackets, and no escapes.
  private static func meansTheSameInSQL(_ glob: Glob) -> Bool {
    !glob.pattern.utf8.contains { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "\\") }
  }
}
