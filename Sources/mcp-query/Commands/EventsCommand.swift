internal import ArgumentParser
internal import MCPStore

/// Show what agents did: one record for each call.
struct EventsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "events",
    abstract: "Show what agents did: one record for each call.",
    discussion: """
      Examples:
        mcp-query events --failed --since 2h
        mcp-query events --instance work-123 --tool 'edit*' --kind '!read'
        mcp-query events --order-by duration_us --desc --limit 20
        mcp-query events --grep 'not found' --columns tool_name,error_message
      """
  )

  @OptionGroup(title: "Filter") var filter: FilterOptions
  @OptionGroup(title: "Page") var page: PageOptions
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Output") var zone: TimeZoneOptions
  @OptionGroup var database: DatabaseOptions

  func run() throws {
    let query = try page.query(.events, try filter.filter(zone))
    try Listing(.events, output, zone).show(query, of: .events, from: database)
  }
}
