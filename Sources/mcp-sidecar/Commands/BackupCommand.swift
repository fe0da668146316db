internal import ArgumentParser
internal import MCPCommandLine
internal import MCPStore

/// Copies a database that is in use.
struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Copy the database into a file while it is in use.",
    discussion: """
      Examples:
        mcp-sidecar backup /mnt/backups/events-$(date +%F).db
        mcp-sidecar backup --force latest.db

      The copy is one consistent state; it is checked for damage and for its number of rows, and \
      gets its name only then. Recorders go on meanwhile.
      """
  )

  @Argument(help: "The file to write.", completion: .file())
  var target: String

  @Flag(help: "Replace the file if there is one.")
  var force = false

  @OptionGroup var database: DatabaseOptions

  func run() throws {
    try database.withExistingStore { store in
      do throws(StoreError) {
        try store.backupNow(to: target, replacing: force)
      } catch {
        guard error.reason == .exists else { throw error }
        throw CommandError(.cannotCreate, "\(target) exists already; --force replaces it")
      }
    }
  }
}
