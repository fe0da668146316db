internal import ArgumentParser
internal import MCPStore

/// Show the agents: one record for each instance.
struct InstancesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "instances",
    abstract: "Show the agents: one record for each instance.",
    discussion: """
      Examples:
        mcp-query instances --status started
        mcp-query instances --parent work-123 --descendants
        mcp-query instances --failed --since today        those that had a failure
        mcp-query instances --order-by last_activity --desc --limit 10
      """
  )

  @OptionGroup(title: "Filter") var filter: FilterOptions
  @OptionGroup(title: "Page") var page: PageOptions
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Output") var zone: TimeZoneOptions
  @OptionGroup var database: DatabaseOptions

  func run() throws {
    let query = try page.query(.instances, try filter.filter(zone))
    try Listing(.instances, output, zone).show(query, of: .instances, from: database)
  }
}
