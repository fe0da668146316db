internal import MCPEvents

extension PreparedStatement {
  /// Binds the value of a column.
  func bind(_ value: ColumnValue, at index: Int32) {
    switch value {
    case .null: bindNull(at: index)
    case .integer(let number): bind(number, at: index)
    case .text(let text), .json(let text), .mergedJSON(let text): bind(text, at: index)
    }
  }

  /// The value of a column of the current row.
  func value(of column: Column, _ index: Int32) -> ColumnValue {
    guard !isNull(index) else { return .null }
    switch column.content {
    case .integer, .time: return .integer(integer(index))
    case .json: return .json(string(index) ?? "null")
    case .identifier, .name, .text, .instanceType, .instanceStatus, .relationshipType:
      return .text(string(index) ?? "")
    }
  }
}
