internal import ArgumentParser
internal import MCPCommandLine
internal import MCPStore

/// Takes over what another database holds.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Take over a database of the original TypeScript module.",
    discussion: """
      Examples:
        mcp-sidecar import claude-codex.db

      Importing it again adds only what is new in it. The old file is only read. Values that it \
      calls encrypted are plain text there; here they are encrypted.
      """
  )

  @Argument(help: "The old databases.", completion: .file())
  var files: [String]

  @OptionGroup var database: DatabaseOptions

  mutating func validate() throws {
    if files.isEmpty { throw ValidationError("name the database to import") }
  }

  func run() throws {
    try database.withStore { store in
      for file in files {
        let report = try store.importOriginalNow(file)
        Diagnostics.write("\(file): \(report)")
      }
    }
  }
}
