internal import MCPEvents

extension StoreSlice {
  /// Hands the line of every instance to `body`, by creation and id.
  package func forEachInstance(_ body: (Span<UInt8>) throws -> Void) throws {
    try forEachLine(of: .instances, instances, body)
  }

  /// Hands the line of every relationship to `body`, by parent, child and type.
  package func forEachRelationship(_ body: (Span<UInt8>) throws -> Void) throws {
    try forEachLine(of: .relationships, relationships, body)
  }

  /// Hands the line of every issue that an instance works on to `body`, by repository and number.
  package func forEachIssue(_ body: (Span<UInt8>) throws -> Void) throws {
    try forEachLine(of: .issues, issues, body)
  }

  private func forEachLine(
    of table: RecordTable,
    _ source: SQLFragment,
    _ body: (Span<UInt8>) throws -> Void
  ) throws {
    guard let kind = table.recordKind else { return }
    let columns = kind.columns
    let names = table.columns.map(\.sql).joined(separator: ", ")
    var line: [UInt8] = []
    try snapshot.forEachRow(of: SQLFragment("SELECT \(names) ") + source, table.columns) { values in
      line.removeAll(keepingCapacity: true)
      RecordLine.write(kind, table.lineValues(values, columns), into: &line)
      try body(line.span)
    }
  }

  /// Hands the line of every run to `body`, in the order of their start, and adds up what they
  /// rejected and lost.
  ///
  /// - Parameters:
  ///   - observer: Who looks at the runs.
  ///   - body: Gets each line, without a line feed.
  /// - Returns: The numbers of lines that are kept among the rejected ones, and that are lost.
  /// - Throws: What SQLite or `body` throws.
  package func forEachRun(
    seenBy observer: RunObserver,
    _ body: (Span<UInt8>) throws -> Void
  ) throws -> (rejected: Int64, lost: Int64) {
    let columns = RecordTable.runs.columns
    let names = columns.map(\.sql).joined(separator: ", ")
    var (rejected, lost): (Int64, Int64) = (0, 0)
    var line: [UInt8] = []
    try snapshot.forEachRow(of: SQLFragment("SELECT \(names) ") + runs, columns) { values in
      var values = values
      observer.addState(to: &values, columns)
      for (column, value) in zip(columns, values) {
        if column.name == "rejected" { rejected += value.number ?? 0 }
        if column.name == "lost" { lost += value.number ?? 0 }
      }
      line.removeAll(keepingCapacity: true)
      try snapshot.writeRunLine(values, into: &line)
      try body(line.span)
    }
    return (rejected, lost)
  }

  /// Hands the line of every event to `body`: by the database it comes from, then by its id there.
  package func forEachEvent(_ body: (Span<UInt8>) throws -> Void) throws {
    let origins = try snapshot.origins()
    guard origins != [0] else {
      return try snapshot.forEachEventLine(RecordQuery(filter), body)
    }
    let condition = try FilterSQL(filter, in: snapshot).ofEvents
    for origin in origins {
      try snapshot.forEachEventLine(of: Self.events(of: origin, condition), body)
    }
  }

  /// The events of one origin in the order they have there, which an index keeps.
  private static func events(of origin: Int64, _ condition: SQLFragment) -> SQLFragment {
    let select = "SELECT \(EventReading.originalColumns) FROM mcp_events"
    return origin == 0
      ? SQLFragment("\(select) NOT INDEXED WHERE origin = 0 AND ") + condition + " ORDER BY id"
      : SQLFragment(
        "\(select) INDEXED BY mcp_events_origin WHERE origin = ? AND origin_id IS NOT NULL AND ",
        [.integer(origin)]
      ) + condition + " ORDER BY origin_id"
  }
}

extension StoreSnapshot {
  /// The numbers of all databases that events come from, by their ids.
  fileprivate func origins() throws -> [Int64] {
    let select = try PreparedStatement("SELECT id FROM origins ORDER BY database_id", database)
    defer { select.reset() }
    var origins: [Int64] = []
    while try select.step() { origins.append(select.integer(0)) }
    return origins
  }
}
