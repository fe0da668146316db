internal import GRDB
package import MCPEvents

extension StoreSnapshot {
  /// Prepares one statement of somebody else's, which may only read.
  ///
  /// - Parameter sql: A `SELECT`, `WITH`, `VALUES` or `EXPLAIN`.
  /// - Returns: The names of its columns.
  /// - Throws: A ``FilterError`` for anything else, or where SQLite does not understand it.
  package func columns(of sql: String) throws -> [String] {
    let allowed = ["SELECT", "WITH", "VALUES", "EXPLAIN"]
    guard let first = SQLText.firstWord(sql), allowed.contains(first.uppercased()) else {
      throw FilterError("only \(allowed.joined(separator: ", ")) can be run: mcp-query only reads")
    }
    do {
      let statement = try database.cachedStatement(sql: sql)
      guard statement.isReadonly else { throw FilterError("mcp-query only reads") }
      return statement.columnNames
    } catch let error as DatabaseError {
      let isSeveral = error.resultCode == .SQLITE_MISUSE
      throw FilterError(
        isSeveral
          ? "only one statement can be run at a time"
          : "SQLite does not understand that: \(error.message ?? "\(error)")"
      )
    }
  }

  /// Hands every row of a statement that ``columns(of:)`` accepted to `body`.
  package func forEachRow(ofSQL sql: String, _ body: ([ColumnValue]) throws -> Void) throws {
    let rows = try Row.fetchCursor(database.cachedStatement(sql: sql))
    while let row = try rows.next() {
      try body(row.databaseValues.map(Self.value))
    }
  }

  private static func value(_ value: DatabaseValue) -> ColumnValue {
    switch value.storage {
    case .null: .null
    case .int64(let number): .integer(number)
    case .double(let number) where number.isFinite: .json("\(number)")
    case .double(let number): .text("\(number)")
    case .string(let text): .text(text)
    case .blob(let bytes): .text(HexadecimalText.of(bytes))
    }
  }
}

/// SQL as text.
enum SQLText {
  /// The first word after white space and comments.
  static func firstWord(_ sql: String) -> String? {
    var rest = sql[...]
    while let first = rest.first {
      if first.isWhitespace || first == "(" {
        rest = rest.dropFirst()
      } else if rest.hasPrefix("--") {
        rest = rest.drop { !$0.isNewline }
      } else if rest.hasPrefix("/*") {
        rest = rest.dropFirst(2)
        while !rest.isEmpty, !rest.hasPrefix("*/") { rest = rest.dropFirst() }
        rest = rest.dropFirst(2)
      } else {
        let word = rest.prefix { $0.isLetter }
        return word.isEmpty ? nil : String(word)
      }
    }
    return nil
  }
}
