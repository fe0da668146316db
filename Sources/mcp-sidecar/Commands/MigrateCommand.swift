internal import ArgumentParser
internal import MCPCommandLine
internal import MCPStore

/// Brings a database to the version of this program.
struct MigrateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "migrate",
    abstract: "Bring the database to this program's version.",
    discussion: """
      Examples:
        mcp-sidecar migrate
        mcp-sidecar migrate --db old.db

      Steps that only add are taken by every program that writes. Others are taken here alone, after \
      a verified backup, FILE.before-migration-N; older programs then stop with 75.
      """
  )

  @OptionGroup var database: DatabaseOptions

  func run() throws {
    var configuration = try database.configuration()
    configuration.local.autoMigrate = false
    guard try database.exists() else { throw DatabaseLocation.missing(configuration.local.path) }
    let store = try AgentStore.openNow(configuration)
    let count = try store.runMigrationsNow()
    try store.close()
    Diagnostics.write(
      count == 0 ? "\(store.path) is up to date" : "\(store.path): \(count) steps taken"
    )
  }
}
