internal import GRDB
internal import GRDBSQLite

/// A prepared statement whose values go in and out by pointer and length.
///
/// GRDB's own conversions read and write texts as C strings and lose what follows a U+0000. This
/// file is where the module gives bytes to SQLite and takes them.
@safe struct PreparedStatement {
  private let statement: Statement
  // The handle lives as long as the statement above, which the connection's cache also keeps.
  private let handle: OpaquePointer

  /// Takes the statement of this SQL from the connection's cache.
  init(_ sql: String, _ database: Database) throws(DatabaseError) {
    do {
      statement = try database.cachedStatement(sql: sql)
    } catch let error as DatabaseError {
      throw error
    } catch {
      throw DatabaseError(resultCode: .SQLITE_ERROR, message: "\(error)", sql: sql)
    }
    unsafe handle = statement.sqliteStatement
    reset()
  }

  // MARK: In

  /// Binds the bytes of a text; SQLite copies them only if it stores them.
  ///
  /// The bytes must stay as they are until the statement has been stepped and reset.
  func bind(_ text: Span<UInt8>, at index: Int32) {
    unsafe text.withUnsafeBytes { bytes in
      // An empty span has no address, which SQLite would take for NULL.
      let base = unsafe bytes.baseAddress ?? UnsafeRawPointer(Self.empty.utf8Start)
      let start = unsafe base.assumingMemoryBound(to: CChar.self)
      _ = unsafe sqlite3_bind_text(handle, index, start, CInt(bytes.count), nil)
    }
  }

  private static let empty: StaticString = ""

  /// Binds a word of the program, which lives as long as it.
  func bind(word: StaticString, at index: Int32) {
    let start = unsafe UnsafeRawPointer(word.utf8Start).assumingMemoryBound(to: CChar.self)
    _ = unsafe sqlite3_bind_text(handle, index, start, CInt(word.utf8CodeUnitCount), nil)
  }

  /// What tells words of the program from each other.
  static func identity(of word: StaticString) -> UInt {
    unsafe UInt(bitPattern: word.utf8Start)
  }

  /// Binds a copy of a text, or NULL.
  func bind(_ text: String?, at index: Int32) {
    guard let text else { return bindNull(at: index) }
    let bytes = Array(text.utf8)
    unsafe bytes.withUnsafeBytes { bytes in
      let base = unsafe bytes.baseAddress ?? UnsafeRawPointer(Self.empty.utf8Start)
      let start = unsafe base.assumingMemoryBound(to: CChar.self)
      _ = unsafe sqlite3_bind_text(handle, index, start, CInt(bytes.count), Self.copied)
    }
  }

  /// Binds a copy of bytes, or NULL.
  func bind(blob: [UInt8]?, at index: Int32) {
    guard let blob else { return bindNull(at: index) }
    unsafe blob.withUnsafeBytes { bytes in
      let base = unsafe bytes.baseAddress ?? UnsafeRawPointer(Self.empty.utf8Start)
      _ = unsafe sqlite3_bind_blob(handle, index, base, CInt(bytes.count), Self.copied)
    }
  }

  // SQLite's SQLITE_TRANSIENT, a macro that Swift does not import: copy before returning.
  private static var copied: sqlite3_destructor_type {
    unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
  }

  /// Binds a number, or NULL.
  func bind(_ number: Int64?, at index: Int32) {
    guard let number else { return bindNull(at: index) }
    _ = unsafe sqlite3_bind_int64(handle, index, number)
  }

  /// Binds NULL.
  func bindNull(at index: Int32) {
    _ = unsafe sqlite3_bind_null(handle, index)
  }

  // MARK: Running

  /// Goes to the next row.
  ///
  /// - Returns: Whether there is one.
  /// - Throws: A `DatabaseError`; the statement is then reset.
  func step() throws(DatabaseError) -> Bool {
    let status = unsafe sqlite3_step(handle)
    if status == SQLITE_ROW { return true }
    if status == SQLITE_DONE { return false }
    let message = unsafe sqlite3_errmsg(sqlite3_db_handle(handle)).map {
      unsafe String(cString: $0)
    }
    let extended = unsafe sqlite3_extended_errcode(sqlite3_db_handle(handle))
    reset()
    throw DatabaseError(resultCode: ResultCode(rawValue: extended), message: message)
  }

  /// Runs the statement to its end and makes it ready to run again.
  func run() throws(DatabaseError) {
    while try step() {}
    reset()
  }

  /// How many rows the last statement of the connection changed.
  var changedRows: Int {
    Int(unsafe sqlite3_changes(sqlite3_db_handle(handle)))
  }

  /// Makes the statement ready to run again, and lets go of what it was bound to.
  func reset() {
    _ = unsafe sqlite3_reset(handle)
    _ = unsafe sqlite3_clear_bindings(handle)
  }

  /// Makes the statement ready to run again; what is bound stays bound.
  func rewind() {
    _ = unsafe sqlite3_reset(handle)
  }

  // MARK: Out

  /// Whether a column of the current row is NULL.
  func isNull(_ column: Int32) -> Bool {
    unsafe sqlite3_column_type(handle, column) == SQLITE_NULL
  }

  /// The number in a column of the current row.
  func integer(_ column: Int32) -> Int64 {
    unsafe sqlite3_column_int64(handle, column)
  }

  /// The number in a column of the current row, or `nil` for NULL.
  func optionalInteger(_ column: Int32) -> Int64? {
    isNull(column) ? nil : integer(column)
  }

  /// Appends the bytes of a text or blob of the current row.
  func append(_ column: Int32, to output: inout [UInt8]) {
    // The type is asked for first: the bytes are then what is stored, without a conversion.
    guard let start = unsafe sqlite3_column_blob(handle, column) else { return }
    let count = Int(unsafe sqlite3_column_bytes(handle, column))
    unsafe output.append(contentsOf: UnsafeRawBufferPointer(start: start, count: count))
  }

  /// The bytes of a text or blob of the current row; empty for NULL.
  func bytes(_ column: Int32) -> [UInt8] {
    var output: [UInt8] = []
    append(column, to: &output)
    return output
  }

  /// The text in a column of the current row, or `nil` for NULL.
  func string(_ column: Int32) -> String? {
    isNull(column) ? nil : String(decoding: bytes(column), as: UTF8.self)
  }
}
