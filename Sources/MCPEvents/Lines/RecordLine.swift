/// Writes instances, relationships and issues as lines of the line protocol.
package enum RecordLine {
  /// Appends the line of one record, without a line feed.
  ///
  /// The keys are the columns in the order of the schema; NULL columns are left out.
  ///
  /// - Parameters:
  ///   - kind: The kind of record.
  ///   - values: One value for each column of `kind`.
  ///   - output: Where the line goes.
  package static func write(
    _ kind: RecordKind,
    _ values: [ColumnValue],
    into output: inout [UInt8]
  ) {
    output.append("{\"kind\":\"")
    output.append(contentsOf: kind.rawValue.utf8)
    output.append("\"")
    for (column, value) in zip(kind.columns, values) where value != .null {
      output.append(",\"")
      output.append(contentsOf: column.name.utf8)
      output.append("\":")
      write(value, of: column, into: &output)
    }
    output.append("}")
  }

  private static func write(
    _ value: ColumnValue,
    of column: Column,
    into output: inout [UInt8]
  ) {
    switch value {
    case .null: output.append("null")
    case .integer(let number) where column.content == .time:
      output.append("\"")
      UnixTime(milliseconds: number).write(into: &output)
      output.append("\"")
    case .integer(let number): output.append(decimal: number)
    case .text(let text): JSONText.write(Array(text.utf8).span, into: &output)
    case .json(let text), .mergedJSON(let text): output.append(contentsOf: text.utf8)
    }
  }
}
