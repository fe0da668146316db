internal import ArgumentParser
internal import MCPCommandLine
internal import MCPStore
internal import MCPSystem

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

  /// The file, under a name that holds in every directory.
  var absolutePath: String {
    get throws {
      let path = path
      return path.hasPrefix("/") ? path : try ProcessEnvironment.currentDirectory() + "/" + path
    }
  }

  /// Opens or creates the database.
  func openStore(_ options: WriterOptions = WriterOptions()) throws -> AgentStore {
    try DatabaseLocation.prepare(path)
    return try AgentStore(path: path, options: options)
  }
}
