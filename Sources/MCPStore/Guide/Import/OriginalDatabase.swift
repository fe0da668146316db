internal import GRDB

internal import MCPEvents
internal import MCPSystem

/// A database that the guide's original TypeScript module wrote; it is only read.
///
/// Times are Unix seconds there. No foreign keys were kept, so that a row may name an instance that
/// is missing.
struct OriginalDatabase {
  private let queue: DatabaseQueue

  init(_ path: String) throws {
    guard try FileStatus.of(path) != nil else {
      throw StoreError(.operationFailed, .notFound, "there is no database at \(path)")
    }
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(5)
    configuration.label = "mcp-store.original"
    queue = try DatabaseQueue(path: path, configuration: configuration)
  }

  func close() { try? queue.close() }

  /// Lends one consistent state to `body`.
  func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try queue.read(body)
  }

  /// The tables that such a database has.
  static func isOriginal(_ database: Database) throws -> Bool {
    let tables = try Set(String.fetchAll(database, sql: "SELECT name FROM sqlite_schema"))
    let id = try Int32.fetchOne(database, sql: "PRAGMA application_id") ?? 0
    return id != Schema.applicationID && tables.isSuperset(of: ["instances", "mcp_events"])
  }

  /// Whether there is a table.
  static func has(_ table: String, _ database: Database) throws -> Bool {
    try Int.fetchOne(
      database,
      sql: "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?",
      arguments: [table]
    ) != nil
  }
}

/// A row of a table whose columns differ from version to version.
struct OriginalRow {
  private let row: Row

  init(_ row: Row) {
    self.row = row
  }

  /// The text of a column; `nil` for NULL, and where there is no such column.
  func text(_ column: String) -> String? {
    guard row.hasColumn(column) else { return nil }
    return String.fromDatabaseValue(row[column] as DatabaseValue)
      ?? integer(column).map(String.init)
  }

  /// The text of a column that is not empty.
  func name(_ column: String) -> String? {
    text(column).flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The number in a column.
  func integer(_ column: String) -> Int64? {
    guard row.hasColumn(column) else { return nil }
    return Int64.fromDatabaseValue(row[column] as DatabaseValue)
  }

  /// The number in a column, where it is one that a record may have.
  func positive(_ column: String) -> Int? {
    integer(column).flatMap { $0 > 0 ? Int($0) : nil }
  }

  /// The time in a column: seconds, unless it is too large for that.
  func time(_ column: String) -> UnixTime? {
    guard let number = integer(column) else { return nil }
    let milliseconds = number.magnitude < 100_000_000_000 ? number * 1000 : number
    return UnixTime(milliseconds: milliseconds)
  }

  /// The JSON text of a column; a text that is no JSON becomes a JSON string.
  func json(_ column: String) -> String? {
    guard let text = name(column) else { return nil }
    let isJSON = (try? RecordKind.instance.check("metadata", .json(text))) != nil
    return isJSON ? text : JSONText.quoted(text)
  }

  /// A word of an open vocabulary; one that is unknown becomes the importer's own.
  func word<Word: OpenVocabulary>(_ column: String, _ none: Word) -> Word {
    guard let text = name(column) else { return none }
    let word = Word(rawValue: text)
    if word.isValid { return word }
    let safe = text.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? String($0) : "_" }
    return Word(rawValue: "imported." + safe.joined().prefix(100))
  }
}
