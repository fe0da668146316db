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
      discussion: DatabaseLocation.help,
      valueName: "path"
    ),
    completion: .file()
  )
  var database: String?

  /// The file.
  var path: String { get throws { try DatabaseLocation.path(database) } }

  /// The file, under a name that holds in every directory.
  var absolutePath: String {
    get throws {
      let path = try path
      return path.hasPrefix("/") ? path : try ProcessEnvironment.currentDirectory() + "/" + path
    }
  }

  /// Opens or creates the database for a recorder, which waits for it in a way of its own.
  ///
  /// - Parameter change: Changes what the user has configured.
  /// - Returns: The store.
  /// - Throws: A `StoreError`.
  func openStore(_ change: (inout WriterOptions) -> Void = { _ in }) throws -> AgentStore {
    try AgentStore.openNow(StoreConfiguration.load(databaseFile: database)) { options in
      options.retries = 0
      options.queryTimeout = nil
      options.opensUnmigrated = false
      change(&options)
    }
  }
}
