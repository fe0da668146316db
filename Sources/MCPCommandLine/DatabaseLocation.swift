internal import MCPSystem

/// Where the programs' database is.
package enum DatabaseLocation {
  /// The file that a program uses: the flag, else `MCP_SIDECAR_DB`, else the user's own.
  ///
  /// The working directory is never used, so that agents' traffic does not end up in a checkout.
  ///
  /// - Parameter flag: What `--db` says.
  /// - Returns: The path of the file, which need not exist.
  package static func path(_ flag: String?) -> String {
    if let flag { return withoutScheme(flag) }
    if let path = ProcessEnvironment.variable("MCP_SIDECAR_DB"), !path.isEmpty {
      return withoutScheme(path)
    }
    return dataDirectory + "/events.db"
  }

  /// The directory of the user's own database, which writers create.
  package static var dataDirectory: String {
    let base = ProcessEnvironment.variable("XDG_DATA_HOME").flatMap { $0.isEmpty ? nil : $0 }
    return (base ?? (ProcessEnvironment.homeDirectory ?? "") + "/.local/share") + "/mcp-sidecar"
  }

  /// Makes the directory of the user's own database, private to the user.
  ///
  /// - Parameter path: What ``path(_:)`` gave; nothing is made for another file.
  /// - Throws: A ``CommandError`` when the directory cannot be made.
  package static func prepare(_ path: String) throws {
    guard path == dataDirectory + "/events.db" else { return }
    do throws(SystemError) {
      try FileSystem.createDirectories(dataDirectory)
    } catch {
      throw CommandError(
        error.isPermissionDenied ? .permission : .cannotCreate,
        "cannot create \(dataDirectory): \(error.reason); name a database with --db"
      )
    }
  }

  /// What to say when there is no database at `path` to read.
  package static func missing(_ path: String) -> CommandError {
    let original = "claude-codex.db"
    let isOriginalHere = (try? FileStatus.of(original)) != nil
    let advice =
      isOriginalHere
      ? "there is ./\(original): name it with '--db \(original)' if it is meant"
      : "record something first ('agent | mcp-sidecar'), or name a database with --db"
    return CommandError(.noInput, "there is no database at \(path); \(advice)")
  }

  private static func withoutScheme(_ path: String) -> String {
    path.hasPrefix("file:") ? String(path.dropFirst("file:".count)) : path
  }
}
