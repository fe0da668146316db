internal import ArgumentParser
internal import MCPStore

/// Show the GitHub issues that agents work on.
struct IssuesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "issues",
    abstract: "Show the GitHub issues that agents work on.",
    discussion: """
      Examples:
        mcp-query issues --repo acme/shop
        mcp-query issues --instance work-123
      """
  )

  @OptionGroup(title: "Filter") var filter: FilterOptions
  @OptionGroup(title: "Page") var page: PageOptions
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Output") var zone: TimeZoneOptions
  @OptionGroup var database: DatabaseOptions

  func run() throws {
    let query = try page.query(.issues, try filter.filter(zone))
    try Listing(.issues, output, zone).show(query, of: .issues, from: database)
  }
}
