internal import MCPEvents

/// How many records of a selection are asked for, and where they begin.
struct Page {
  let limit: Int?
  let offset: Int

  init(limit: Int?, offset: Int = 0) throws(LineRejection) {
    guard (limit ?? 0) >= 0 else {
      throw LineRejection(.invalidValue, "'limit' must not be negative")
    }
    guard offset >= 0 else {
      throw LineRejection(.invalidValue, "'offset' must not be negative")
    }
    self.limit = limit
    self.offset = offset
  }

  /// The values of `LIMIT ? OFFSET ?`.
  var values: [ColumnValue] { [.integer(Int64(limit ?? -1)), .integer(Int64(offset))] }
}
