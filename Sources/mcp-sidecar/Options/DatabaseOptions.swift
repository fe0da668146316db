internal import ArgumentParser
internal import MCPCommandLine
internal import MCPStore

/// Which database a command writes.
struct DatabaseOptions: ParsableArguments {
  @Option(
    name: .customLong("db"),
    help: ArgumentHelp(
      "The database.",
      discussion: "Else $MCP_SIDECAR_DB, else ~/.local/share/mcp-sidecar/events.db.",
      valueName: "path"
    ),
    completion: .file()
  )
  var database: String?

  /// The file.
  var path: String { DatabaseLocation.path(database) }

  /// Opens or creates the database.
  func openStore(_ options: WriterOptions = WriterOptions()) throws -> AgentStore {
    try DatabaseLocation.prepare(path)
    return try AgentStore(path: path, options: options)
  }
}
