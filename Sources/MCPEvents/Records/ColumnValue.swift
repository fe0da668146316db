/// A value on its way into a column.
package enum ColumnValue: Hashable, Sendable {
  case null
  case integer(Int64)
  case text(String)
  /// JSON text, on one line.
  case json(String)
  /// A JSON object whose members replace those of the one that is there (RFC 7396).
  case mergedJSON(String)
}
