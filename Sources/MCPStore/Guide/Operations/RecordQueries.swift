internal import GRDB

internal import MCPEvents

/// Reads records, inside and outside of transactions.
enum RecordQueries {
  static func instance(_ id: String, _ database: Database) throws -> Instance? {
    let select = try PreparedStatement(
      "SELECT \(Instance.columnList) FROM instances WHERE id = ?",
      database
    )
    select.bind(id, at: 1)
    return try select.firstRow(Instance.init)
  }

  static func instances(_ filter: InstanceFilter, _ database: Database) throws -> [Instance] {
    try InstanceSelection(filter, database).page()
  }

  // MARK: Events

  /// The newest events that meet `conditions`, the newest first.
  ///
  /// Of several records of one call only the best counts.
  static func newestEvents(
    _ conditions: (sql: [String], values: [ColumnValue]),
    limit: Int?,
    _ database: Database
  ) throws -> [MCPEvent] {
    let all = conditions.sql + [CurrentEvents.lookingUp]
    let page = try Page(limit: limit)
    return try events(
      """
      WHERE \(all.joined(separator: " AND ")) ORDER BY timestamp DESC, id DESC LIMIT ? OFFSET ?
      """,
      conditions.values + page.values,
      database
    )
  }

  /// The events stored after the one with the number `id`, in the order of storing.
  static func events(
    after id: Int64,
    _ conditions: (sql: [String], values: [ColumnValue]),
    limit: Int,
    _ database: Database
  ) throws -> [MCPEvent] {
    let all = ["id > ?"] + conditions.sql
    return try events(
      "WHERE \(all.joined(separator: " AND ")) ORDER BY id LIMIT ?",
      [.integer(id)] + conditions.values + [.integer(Int64(limit))],
      database
    )
  }

  /// The events that a statement yields whose part after FROM is `text`, made of constants.
  private static func events(
    _ text: String,
    _ values: [ColumnValue],
    _ database: Database
  ) throws -> [MCPEvent] {
    let select = try PreparedStatement(EventReading.sql(text), database)
    defer { select.reset() }
    select.bind(values)
    var events: [MCPEvent] = []
    var batch = EventBatch()
    while try select.step() {
      batch.removeAll()
      let row = EventReading.row(select, &batch)
      events.append(MCPEvent(row, batch))
    }
    return events
  }
}
