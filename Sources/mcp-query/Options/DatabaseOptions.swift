internal import ArgumentParser
internal import MCPCommandLine
internal import MCPStore
internal import MCPSystem

/// Which database a command reads.
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
  var databases: [String] = []

  private var database: String? { databases.first }

  func validate() throws {
    guard databases.count < 2 else {
      throw ValidationError("--db stands there \(databases.count) times: name one database")
    }
  }

  /// Opens the database for reading.
  ///
  /// - Parameter timeout: How long reading may take.
  /// - Returns: The reader.
  /// - Throws: A `CommandError` when there is none, a `StoreError` when it cannot be read.
  func openReader(timeout: Duration? = nil) throws -> StoreReader {
    let path = try DatabaseLocation.path(database)
    guard try FileStatus.of(path) != nil else { throw DatabaseLocation.missing(path) }
    return try StoreReader(path: path, timeout: timeout)
  }
}
