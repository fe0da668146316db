internal import MCPEvents
internal import MCPStore

/// Rows that can be shown in every form.
protocol RowSource {
  /// Which of the rows a terminal gets unless a number was asked for.
  var preview: RowPreview { get }

  /// Hands the values of some columns of every row to `body`.
  func forEach(_ columns: [ListedColumn], _ body: ([ColumnValue]) throws -> Void) throws

  /// Hands the whole of every row as a JSON line to `body`.
  func forEachLine(_ body: (Span<UInt8>) throws -> Void) throws

  /// The same rows, at most so many.
  ///
  /// - Parameter count: How many; of ``RowPreview/newest`` the last ones, in the opposite order.
  /// - Returns: The rows.
  func limited(to count: Int) -> Self
}

/// Which rows a terminal gets unless a number was asked for.
enum RowPreview {
  /// All of them.
  case all
  /// The first.
  case first
  /// The last.
  case newest
}
