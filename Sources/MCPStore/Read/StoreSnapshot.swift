internal import GRDB
internal import MCPEvents

/// One consistent state of a database, lent for reading.
package struct StoreSnapshot {
  let database: Database
  /// The id of the database.
  package let databaseID: String

  /// Hands every event that `selection` picks to `body`, in its order.
  ///
  /// The batch that `body` gets holds one event, and is used again for the next.
  ///
  /// - Parameters:
  ///   - selection: The condition, order and page, as SQL made of constants and its values.
  ///   - body: Gets each event.
  /// - Throws: What SQLite or `body` throws.
  func forEachEvent(
    _ selection: SelectionSQL,
    _ body: (EventRow, borrowing EventBatch) throws -> Void
  ) throws {
    let select = try PreparedStatement(EventReading.sql(selection), database)
    defer { select.reset() }
    for (index, value) in selection.values.enumerated() {
      select.bind(value, at: Int32(index + 1))
    }
    var batch = EventBatch()
    while try select.step() {
      batch.removeAll()
      let row = EventReading.row(select, &batch)
      try body(row, batch)
    }
  }
}

/// The part of a statement after its FROM, and the values that are bound to it.
struct SelectionSQL: Sendable {
  var text: String
  var values: [ColumnValue] = []
}
