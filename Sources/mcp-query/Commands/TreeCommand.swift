internal import ArgumentParser
internal import MCPCommandLine
internal import MCPEvents
internal import MCPStore

/// Shows who started whom.
struct TreeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tree",
    abstract: "Show who started whom, as a tree.",
    discussion: """
      Examples:
        mcp-query tree
        mcp-query tree work-123       one instance and all below it
      """
  )

  @Argument(help: "An instance: its id, the beginning of it, its name, or a glob; else all.")
  var instance: String?

  @OptionGroup var database: DatabaseOptions

  func run() throws {
    var query = RecordQuery()
    if let instance {
      query.filter.instances.names = [instance]
      query.filter.instances.includesDescendants = true
    }
    let tree = try database.openReader().read { try InstanceTree(query, in: $0) }
    var buffer = OutputBuffer()
    try tree.write { try buffer.append($0 + "\n") }
    try buffer.flush()
  }
}
