extension StoreSnapshot {
  /// Hands the statement that made each table and index to `body`.
  package func forEachDefinition(_ body: (String) throws -> Void) throws {
    let select = try PreparedStatement(
      "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY tbl_name, type DESC, name",
      database
    )
    defer { select.reset() }
    while try select.step() { try body(select.string(0) ?? "") }
  }
}
