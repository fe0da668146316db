internal import GRDB
package import MCPEvents

/// One consistent state of a database, lent for reading.
package struct StoreSnapshot {
  let database: Database
  /// The id of the database.
  package let databaseID: String
  /// The version of its layout.
  package let schemaVersion: Int

  /// The number that a statement yields first; 0 for none.
  func integer(_ statement: SQLFragment) throws -> Int64 {
    let select = try PreparedStatement(statement, in: self)
    defer { select.reset() }
    return try select.step() ? select.integer(0) : 0
  }

  /// The id of the database with this number in `origins`.
  func origin(_ number: Int64) throws -> [UInt8] {
    let select = try PreparedStatement(
      SQLFragment("SELECT database_id FROM origins WHERE id = ?", [.integer(number)]),
      in: self
    )
    defer { select.reset() }
    return try select.step() ? select.bytes(0) : []
  }
}

// MARK: Records

extension StoreSnapshot {
  /// Hands the line of every event that a query means to `body`, in its order.
  ///
  /// - Parameters:
  ///   - query: Which events.
  ///   - body: Gets each line, without a line feed; the bytes are used again for the next.
  /// - Throws: What SQLite or `body` throws; a ``FilterError`` for a filter that is not clear.
  package func forEachEventLine(
    _ query: RecordQuery,
    _ body: (Span<UInt8>) throws -> Void
  ) throws {
    let statement = try EventSelect(query, in: self).sql(EventReading.originalColumns)
    try forEachEventLine(of: statement, body)
  }

  func forEachEventLine(
    of statement: SQLFragment,
    _ body: (Span<UInt8>) throws -> Void
  ) throws {
    var lines = try EventLines(statement, in: self)
    while try lines.next() { try body(lines.line.span) }
  }

  /// Hands the values of every row that a query means to `body`, in its order.
  ///
  /// - Parameters:
  ///   - table: The table.
  ///   - columns: Some of the table's columns, in any order.
  ///   - query: Which rows.
  ///   - body: Gets a value for each column.
  /// - Throws: What SQLite or `body` throws; a ``FilterError`` for a filter that is not clear.
  package func forEachRow(
    of table: RecordTable,
    _ columns: [ListedColumn],
    _ query: RecordQuery,
    _ body: ([ColumnValue]) throws -> Void
  ) throws {
    let names = columns.map(\.sql).joined(separator: ", ")
    let statement = try RowSelect(table: table, query: query, snapshot: self).sql(names)
    try forEachRow(of: statement, columns, body)
  }

  func forEachRow(
    of statement: SQLFragment,
    _ columns: [ListedColumn],
    _ body: ([ColumnValue]) throws -> Void
  ) throws {
    let select = try PreparedStatement(statement, in: self)
    defer { select.reset() }
    while try select.step() {
      try body(columns.enumerated().map { select.value(of: $1, Int32($0)) })
    }
  }
}

extension PreparedStatement {
  /// The value of a column of the current row.
  fileprivate func value(of column: ListedColumn, _ index: Int32) -> ColumnValue {
    guard !isNull(index) else { return .null }
    switch column.content {
    case .integer, .time, .flag: return .integer(integer(index))
    case .json: return .json(string(index) ?? "null")
    case .text, .line: return .text(string(index) ?? "")
    case .digest: return .text(HexadecimalText.of(bytes(index)))
    }
  }
}

/// Bytes as a person reads them.
package enum HexadecimalText {
  /// Two digits in lower case for each byte.
  package static func of(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }
}
