internal import ArgumentParser
internal import MCPEvents
internal import MCPStore

/// Shows who is at work.
struct ProcessesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ps",
    abstract: "Show who is at work, and what each did last.",
    discussion: """
      Examples:
        mcp-query ps
        mcp-query ps --repo acme/shop -o json
      """
  )

  @OptionGroup(title: "Filter") var filter: FilterOptions
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Output") var zone: TimeZoneOptions
  @OptionGroup var database: DatabaseOptions

  private static let instanceColumns = ["id", "agent", "status", "event_count", "last_activity"]
    .compactMap(RecordTable.instances.column)
  private static let eventColumns = ["tool_name", "outcome", "timestamp"]
    .compactMap(RecordTable.events.column)

  func run() throws {
    var wanted = try filter.filter(zone)
    if wanted.instances.statuses.isEmpty {
      wanted.instances.statuses = InstanceStatus.builtIn.filter(\.isFinal).map { "!\($0.rawValue)" }
    }
    let query = RecordQuery(wanted)
    let columns = Self.instanceColumns + Self.eventColumns
    var rows: [[ColumnValue]] = []
    try database.openReader().read { snapshot in
      try snapshot.forEachRow(of: .instances, Self.instanceColumns, query) { instance in
        guard case .text(let id) = instance[0] else { return }
        let last = try snapshot.lastEvent(of: id, Self.eventColumns)
        rows.append(instance + (last ?? Self.eventColumns.map { _ in .null }))
      }
    }
    try Listing(columns, output, zone).show(ComputedRows(columns: columns, rows: rows))
  }
}
