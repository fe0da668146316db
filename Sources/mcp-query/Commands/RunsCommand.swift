internal import ArgumentParser
internal import MCPStore

/// Show the recordings: who recorded what, and whether it was cut off.
struct RunsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs",
    abstract: "Show the recordings: who recorded what, and whether it was cut off.",
    discussion: """
      Examples:
        mcp-query runs --since today
        mcp-query runs --label job=4711 -o json
        mcp-query runs --instance work-123       those that recorded its events
      """
  )

  @OptionGroup(title: "Filter") var filter: FilterOptions
  @OptionGroup(title: "Page") var page: PageOptions
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Output") var zone: TimeZoneOptions
  @OptionGroup var database: DatabaseOptions

  func run() throws {
    let query = try page.query(.runs, try filter.filter(zone))
    try Listing(.runs, output, zone).show(query, of: .runs, from: database)
  }
}
