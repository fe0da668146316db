package import MCPEvents

/// Writes rows as JSON objects.
package enum RowLine {
  /// Appends the object of one row, without a line feed; NULL columns are left out.
  ///
  /// - Parameters:
  ///   - columns: The columns.
  ///   - values: A value for each.
  ///   - kind: The value of the first key, `kind`.
  ///   - output: Where the object goes.
  package static func write(
    _ columns: [ListedColumn],
    _ values: [ColumnValue],
    kind: String,
    into output: inout [UInt8]
  ) {
    output.append("{\"kind\":")
    JSONText.write(Array(kind.utf8).span, into: &output)
    for (column, value) in zip(columns, values) where value != .null {
      output.append(",")
      writeMember(column, value, into: &output)
    }
    output.append("}")
  }

  /// Appends an object of exactly these columns, without a line feed; NULL is `null`.
  ///
  /// - Parameters:
  ///   - columns: The columns.
  ///   - values: A value for each.
  ///   - output: Where the object goes.
  package static func write(
    exactly columns: [ListedColumn],
    _ values: [ColumnValue],
    into output: inout [UInt8]
  ) {
    for (index, (column, value)) in zip(columns, values).enumerated() {
      output.append(index == 0 ? "{" : ",")
      writeMember(column, value, into: &output)
    }
    output.append("}")
  }

  private static func writeMember(
    _ column: ListedColumn,
    _ value: ColumnValue,
    into output: inout [UInt8]
  ) {
    JSONText.write(Array(column.name.utf8).span, into: &output)
    output.append(":")
    write(value, column.content, into: &output)
  }

  /// Appends one value.
  package static func write(
    _ value: ColumnValue,
    _ content: ListedColumn.Content,
    into output: inout [UInt8]
  ) {
    switch value {
    case .null: output.append("null")
    case .integer(let number) where content == .time:
      output.append("\"")
      UnixTime(milliseconds: number).write(into: &output)
      output.append("\"")
    case .integer(let number) where content == .flag:
      output.append(number == 0 ? "false" : "true")
    case .integer(let number): output.append(decimal: number)
    case .text(let text): JSONText.write(Array(text.utf8).span, into: &output)
    case .json(let text), .mergedJSON(let text): output.append(contentsOf: text.utf8)
    }
  }
}
