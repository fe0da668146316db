internal import MCPEvents

/// The rules of fields that are no columns of a ``RecordKind``.
enum FieldRules {
  /// Checks a text of 1 to 1024 bytes without U+0000.
  static func checkIdentifier(_ field: String, _ text: String) throws(LineRejection) {
    guard !text.isEmpty else { throw LineRejection(.invalidValue, "'\(field)' is empty") }
    guard text.utf8.count <= longestIdentifier else {
      throw LineRejection(
        .invalidValue,
        "'\(field)' is longer than \(longestIdentifier) bytes"
      )
    }
    guard !text.utf8.contains(0) else {
      throw LineRejection(.invalidValue, "'\(field)' contains U+0000")
    }
  }

  static let longestIdentifier = 1024

  /// Checks that a time can be written.
  static func checkTime(_ field: String, _ time: UnixTime) throws(LineRejection) {
    guard time >= .earliest, time <= .latest else {
      throw LineRejection(.invalidValue, "'\(field)' is outside of the years 0 to 9999")
    }
  }
}

extension RecordKind {
  /// Checks that a column may hold `value`.
  func check(_ name: String, _ value: ColumnValue) throws(LineRejection) {
    try column(name)?.check(value)
  }
}
