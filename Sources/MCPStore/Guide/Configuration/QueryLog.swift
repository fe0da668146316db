internal import MCPSystem

/// Where statements are logged unless the configuration says otherwise.
enum QueryLog {
  /// Writes a statement to standard error, on one line.
  static let standardError: @Sendable (String) -> Void = { statement in
    let words = statement.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let line = Array("mcp-store: \(words)\n".utf8)
    // A closed standard error is nobody's fault.
    try? BorrowedDescriptor.standardError.write(all: line.span)
  }
}
