internal import GRDB
internal import MCPEvents
internal import Synchronization

/// The SQL function `mcp_glob(pattern, text)`, for globs that SQLite's GLOB understands otherwise.
final class GlobFunction: Sendable {
  private let globs = Mutex<[String: Glob]>([:])

  /// Makes the function known to a connection.
  static func add(to database: Database) {
    let function = GlobFunction()
    database.add(
      function: DatabaseFunction("mcp_glob", argumentCount: 2, pure: true) { arguments in
        guard let pattern = String.fromDatabaseValue(arguments[0]),
          let text = String.fromDatabaseValue(arguments[1])
        else { return nil }
        return function.glob(pattern).matches(text)
      }
    )
  }

  /// The glob of a pattern; a statement asks for the same few for every row.
  private func glob(_ pattern: String) -> Glob {
    globs.withLock { globs in
      if let glob = globs[pattern] { return glob }
      let glob = Glob(pattern)
      globs[pattern] = glob
      return glob
    }
  }
}
