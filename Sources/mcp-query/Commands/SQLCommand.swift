internal import ArgumentParser
internal import MCPEvents
internal import MCPStore

/// Runs one statement that reads.
struct SQLCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sql",
    abstract: "Run one SELECT; nothing can be changed.",
    discussion: """
      Examples:
        mcp-query sql "SELECT tool_name, COUNT(*) FROM mcp_events GROUP BY 1 ORDER BY 2 DESC"
        mcp-query schema          the tables and what their columns mean
      """
  )

  @Argument(help: "The statement.")
  var statement: String

  @Option(help: ArgumentHelp("Stop after so long.", valueName: "seconds"))
  var timeout = 60

  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Output") var zone: TimeZoneOptions
  @OptionGroup var database: DatabaseOptions

  mutating func validate() throws {
    guard timeout > 0 else { throw ValidationError("--timeout must be at least a second") }
  }

  func run() throws {
    let reader = try database.openReader(timeout: .seconds(timeout))
    try reader.read { snapshot in
      let columns = Self.unique(try snapshot.columns(of: statement)).map { ListedColumn($0) }
      try Listing(columns, output, zone)
        .show(StatementRows(sql: statement, columns: columns, snapshot: snapshot))
    }
  }

  /// The names, those that are there already with a number: objects have each key once.
  private static func unique(_ names: [String]) -> [String] {
    var taken = Set(names)
    var seen: Set<String> = []
    return names.map { name in
      if seen.insert(name).inserted { return name }
      var number = 2
      while !taken.insert("\(name)_\(number)").inserted { number += 1 }
      return "\(name)_\(number)"
    }
  }
}

/// The rows of a statement.
private struct StatementRows: RowSource {
  let sql: String
  let columns: [ListedColumn]
  let snapshot: StoreSnapshot

  var preview: RowPreview { .all }

  func limited(to count: Int) -> Self { self }

  func forEach(_ chosen: [ListedColumn], _ body: ([ColumnValue]) throws -> Void) throws {
    let places = chosen.compactMap { columns.firstIndex(of: $0) }
    try snapshot.forEachRow(ofSQL: sql) { row in try body(places.map { row[$0] }) }
  }

  func forEachLine(_ body: (Span<UInt8>) throws -> Void) throws {
    var line: [UInt8] = []
    try snapshot.forEachRow(ofSQL: sql) { row in
      line.removeAll(keepingCapacity: true)
      RowLine.write(exactly: columns, row, into: &line)
      try body(line.span)
    }
  }
}
