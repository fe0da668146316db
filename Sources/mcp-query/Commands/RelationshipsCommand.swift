internal import ArgumentParser
internal import MCPStore

/// Show who started whom.
struct RelationshipsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "relationships",
    abstract: "Show who started whom.",
    discussion: """
      Examples:
        mcp-query relationships
        mcp-query relationships --instance work-123 -o json
      """
  )

  @OptionGroup(title: "Filter") var filter: FilterOptions
  @OptionGroup(title: "Page") var page: PageOptions
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Output") var zone: TimeZoneOptions
  @OptionGroup var database: DatabaseOptions

  func run() throws {
    let query = try page.query(.relationships, try filter.filter(zone))
    try Listing(.relationships, output, zone).show(query, of: .relationships, from: database)
  }
}
