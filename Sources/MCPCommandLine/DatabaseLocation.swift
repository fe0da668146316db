package import MCPStore
internal import MCPSystem

/// Where the programs' database is.
package enum DatabaseLocation {
  /// What the help of `--db` says.
  package static let help =
    "Else $MCP_SIDECAR_DB, else local.file of ~/.config/mcp-sidecar/config.json, else "
    + "~/.local/share/mcp-sidecar/events.db."

  /// The file that a program uses: the flag, else `MCP_SIDECAR_DB`, else what the user's
  /// configuration file says, else the user's own.
  ///
  /// The working directory is never used, so that agents' traffic does not end up in a checkout.
  ///
  /// - Parameter flag: What `--db` says.
  /// - Returns: The path of the file, which need not exist.
  /// - Throws: A `StoreError` that names the setting that is wrong.
  package static func path(_ flag: String?) throws(StoreError) -> String {
    // Whoever names a database needs no configuration.
    if let flag { return StoreConfiguration.Local(file: flag).path }
    return try StoreConfiguration.load().local.path
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
}
