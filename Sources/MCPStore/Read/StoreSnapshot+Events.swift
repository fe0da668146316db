package import MCPEvents

extension StoreSnapshot {
  /// The line of one event.
  ///
  /// - Parameter name: Its number here, or its uid.
  /// - Returns: The line, or `nil` when there is none.
  /// - Throws: What SQLite throws.
  package func eventLine(_ name: String) throws -> [UInt8]? {
    let select = "SELECT \(EventReading.originalColumns) FROM mcp_events WHERE "
    let condition =
      Int64(name).map { SQLFragment("mcp_events.id = ?", [.integer($0)]) }
      ?? SQLFragment("event_uid = ?", [.text(name)])
    var line: [UInt8]?
    try forEachEventLine(of: SQLFragment(select) + condition) { line = Array(copying: $0) }
    return line
  }

  /// The number of the newest event; 0 where there is none.
  package func newestEventID() throws -> Int64 {
    try integer(SQLFragment("SELECT MAX(id) FROM mcp_events"))
  }

  /// The values of some columns of the last event of an instance, by its time.
  ///
  /// - Parameters:
  ///   - instance: The instance's id.
  ///   - columns: Columns of ``RecordTable/events``.
  /// - Returns: The values, or `nil` when it has no event.
  /// - Throws: What SQLite throws.
  package func lastEvent(
    of instance: String,
    _ columns: [ListedColumn]
  ) throws -> [ColumnValue]? {
    let names = columns.map(\.sql).joined(separator: ", ")
    let statement = SQLFragment(
      """
      SELECT \(names) FROM mcp_events INDEXED BY mcp_events_instance
      WHERE instance_id = ? ORDER BY timestamp DESC, id DESC LIMIT 1
      """,
      [.text(instance)]
    )
    var last: [ColumnValue]?
    try forEachRow(of: statement, columns) { last = $0 }
    return last
  }
}
