internal import MCPEvents

extension PreparedStatement {
  /// The number in a column of the current row, or `nil` for NULL.
  func int(_ column: Int32) -> Int? {
    optionalInteger(column).map(Int.init)
  }

  /// The time in a column of the current row that is never NULL.
  func time(_ column: Int32) -> UnixTime {
    UnixTime(milliseconds: integer(column))
  }

  /// The time in a column of the current row, or `nil` for NULL.
  func optionalTime(_ column: Int32) -> UnixTime? {
    optionalInteger(column).map(UnixTime.init(milliseconds:))
  }

  /// Binds values to the parameters from 1 on.
  func bind(_ values: [ColumnValue]) {
    for (index, value) in values.enumerated() { bind(value, at: Int32(index + 1)) }
  }

  /// All rows, each read by `read`.
  func rows<Value>(_ read: (Self) throws -> Value) throws -> [Value] {
    defer { reset() }
    var values: [Value] = []
    while try step() { values.append(try read(self)) }
    return values
  }

  /// The first row, read by `read`; `nil` when there is none.
  func firstRow<Value>(_ read: (Self) throws -> Value) throws -> Value? {
    defer { reset() }
    return try step() ? try read(self) : nil
  }
}
