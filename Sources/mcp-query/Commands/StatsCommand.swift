internal import ArgumentParser
internal import MCPCommandLine
internal import MCPEvents
internal import MCPStore

/// Counts events.
struct StatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Count events: how many, how many failed, how long they took.",
    discussion: """
      Examples:
        mcp-query stats --since today
        mcp-query stats --by server --failed
        mcp-query stats --by hour --instance work-123 -o csv

      p50_us and p95_us are right to one part in a hundred.
      """
  )

  @Option(help: "tool, kind, server, instance, session, outcome, hour or day.")
  var by = EventGrouping.tool

  @Option(help: "At most so many groups.")
  var limit: Int?

  @OptionGroup(title: "Filter") var filter: FilterOptions
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Output") var zone: TimeZoneOptions
  @OptionGroup var database: DatabaseOptions

  func run() throws {
    let wanted = try filter.filter(zone)
    let groups = try database.openReader().read { snapshot in
      try snapshot.statistics(of: wanted, by: by, offset: zone.offset(atUnixSeconds:))
    }
    let columns =
      [ListedColumn(by.rawValue)]
      + ["events", "ok", "failed", "p50_us", "p95_us", "max_us"].map { ListedColumn($0, .integer) }
    let sorted = groups.sorted { isBefore($0, $1) }.prefix(limit ?? .max)
    let rows = sorted.map { name, numbers -> [ColumnValue] in
      let durations = numbers.durations
      return [
        name.map { .text($0) } ?? .null, .integer(numbers.events), .integer(numbers.succeeded),
        .integer(numbers.failed), number(durations.percentile(0.5)),
        number(durations.percentile(0.95)), number(durations.maximum),
      ]
    }
    try Listing(columns, output, zone).show(ComputedRows(columns: columns, rows: rows))
  }

  private func number(_ value: Int64?) -> ColumnValue { value.map { .integer($0) } ?? .null }

  /// Times come in their order, everything else with the most frequent first.
  private func isBefore(
    _ first: (key: String?, value: EventStatistics),
    _ second: (key: String?, value: EventStatistics)
  ) -> Bool {
    let isByTime = by == .hour || by == .day
    if !isByTime, first.value.events != second.value.events {
      return first.value.events > second.value.events
    }
    return (first.key ?? "") < (second.key ?? "")
  }
}

extension EventGrouping: ExpressibleByArgument {}
