internal import ArgumentParser
internal import MCPCommandLine
internal import MCPStore
internal import MCPSystem

/// Rewrites a database without its free room.
struct VacuumCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vacuum",
    abstract: "Give the room of what was deleted back to the file system.",
    discussion: """
      Examples:
        mcp-sidecar vacuum

      Needs up to twice the size of the file in free space. Recorders wait until it is done: they \
      keep what comes meanwhile.
      """
  )

  @OptionGroup var database: DatabaseOptions

  func run() throws {
    try database.withExistingStore { store in
      let before = try FileStatus.of(store.path)?.size ?? 0
      try store.vacuumNow()
      let after = try FileStatus.of(store.path)?.size ?? 0
      Diagnostics.write("\(store.path): \(before) bytes before, \(after) bytes now")
    }
  }
}
