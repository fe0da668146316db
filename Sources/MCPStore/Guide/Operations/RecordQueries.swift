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
  /// Of several records of one call only the newest counts. It comes first in this order, so the
  /// ones that it replaces are known when they are met.
  static func newestEvents(
    _ conditions: (sql: [String], values: [ColumnValue]),
    limit: Int?,
    _ database: Database
  ) throws -> [MCPEvent] {
    let page = try Page(limit: limit)
    let text = """
      \(conditions.sql.isEmpty ? "" : "WHERE " + conditions.sql.joined(separator: " AND "))
      ORDER BY timestamp DESC, id DESC
      """
    var events: [MCPEvent] = []
    var replaced: Set<Int64> = []
    try forEachEvent(EventSelection(text: text, values: conditions.values), database) { event in
      if let older = event.supersedes { replaced.insert(older) }
      if replaced.remove(event.id) == nil, events.count < page.limit ?? .max {
        events.append(event)
      }
      return events.count < page.limit ?? .max
    }
    return events
  }

  /// The events stored after the one with the number `id`, in the order of storing.
  static func events(
    after id: Int64,
    _ conditions: (sql: [String], values: [ColumnValue]),
    limit: Int,
    _ database: Database
  ) throws -> [MCPEvent] {
    let all = ["id > ?"] + conditions.sql
    let selection = EventSelection(
      text: "WHERE \(all.joined(separator: " AND ")) ORDER BY id LIMIT ?",
      values: [.integer(id)] + conditions.values + [.integer(Int64(limit))]
    )
    var events: [MCPEvent] = []
    try forEachEvent(selection, database) { event in
      events.append(event)
      return true
    }
    return events
  }

  /// Hands events to `body` until it returns `false`.
  private static func forEachEvent(
    _ selection: EventSelection,
    _ database: Database,
    _ body: (MCPEvent) throws -> Bool
  ) throws {
    let select = try PreparedStatement(selection.sql, database)
    defer { select.reset() }
    select.bind(selection.values)
    var batch = EventBatch()
    while try select.step() {
      batch.removeAll()
      let row = EventReading.row(select, &batch)
      guard try body(MCPEvent(row, batch)) else { return }
    }
  }
}

/// The part of a statement after its FROM, made of constants, and the values that are bound to it.
private struct EventSelection {
  let text: String
  let values: [ColumnValue]

  var sql: String { EventReading.sql(text) }
}
