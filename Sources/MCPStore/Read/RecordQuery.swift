/// Which rows of a table, in which order, and which page of them.
package struct RecordQuery: Hashable, Sendable {
  /// The records that are meant.
  package var filter = RecordFilter()
  /// A column of ``RecordTable/orderColumns``; `nil` is the order of recording.
  package var orderColumn: String?
  package var isDescending = false
  /// How many rows at most.
  package var limit: Int?
  /// How many rows are left out at the start.
  package var offset = 0
  /// Only events with a larger number here.
  package var afterID: Int64?
  /// Only this run's rejected lines.
  package var runID: Int64?

  /// Creates a query for all rows.
  package init(_ filter: RecordFilter = RecordFilter()) {
    self.filter = filter
  }
}
