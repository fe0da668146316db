internal import ArgumentParser
internal import MCPCommandLine
internal import MCPStore

/// In which order records come, and which page of them.
struct PageOptions: ParsableArguments {
  @Option(help: "At most so many records, from the first of the order.")
  var limit: Int?

  @Option(help: "Leave out so many records at the start.")
  var offset = 0

  @Option(
    help: ArgumentHelp(
      "Order by this column instead of the order of recording.",
      valueName: "column"
    )
  )
  var orderBy: String?

  @Flag(exclusivity: .exclusive, help: "The smallest, oldest first, or the opposite.")
  var direction = SortDirection.asc

  mutating func validate() throws {
    if let limit, limit < 0 { throw ValidationError("--limit cannot be negative") }
    if offset < 0 { throw ValidationError("--offset cannot be negative") }
  }

  /// The query for a table.
  ///
  /// - Parameters:
  ///   - table: The table.
  ///   - filter: Which of its records.
  /// - Returns: The query.
  /// - Throws: A `CommandError` for a column that the table cannot be ordered by.
  func query(_ table: RecordTable, _ filter: RecordFilter) throws -> RecordQuery {
    var query = RecordQuery(filter)
    if let orderBy {
      guard table.orderColumns.contains(orderBy) else {
        throw ColumnNames.unknown(orderBy, "--order-by", table.orderColumns)
      }
      query.orderColumn = orderBy
    }
    query.isDescending = direction == .desc
    query.limit = limit
    query.offset = offset
    return query
  }
}

/// Which end of an order comes first.
enum SortDirection: String, EnumerableFlag {
  case asc, desc
}

/// Columns as they are named on the command line.
enum ColumnNames {
  /// What to say of a column that there is not.
  static func unknown(_ name: String, _ flag: String, _ known: [String]) -> CommandError {
    let near = Suggestion.nearest(to: name, among: known).map { "did you mean '\($0)'?" }
    let advice = near ?? "there are \(known.joined(separator: ", "))"
    return CommandError(.usage, "\(flag) has no column '\(name)': \(advice)")
  }
}
