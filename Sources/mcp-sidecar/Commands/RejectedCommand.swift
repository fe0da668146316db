internal import ArgumentParser
internal import MCPCommandLine
internal import MCPIngest
internal import MCPStore

/// Works on the lines that could not be stored as records.
struct RejectedCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rejected",
    abstract: "Try rejected lines again, or delete them.",
    discussion: """
      Examples:
        mcp-query rejected list         see what there is
        mcp-sidecar rejected retry      after an update, or after creating the instance
        mcp-sidecar rejected delete 17
      """,
    subcommands: [RetryCommand.self, DeleteCommand.self]
  )

  /// Tries rejected lines again.
  struct RetryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "retry",
      abstract: "Store those rejected lines that can be stored now."
    )

    @Argument(help: "The numbers of the lines; else all of them.")
    var numbers: [Int64] = []

    @OptionGroup var database: DatabaseOptions

    func run() throws {
      let store = try database.openStore()
      let result = try RejectedRetry(store: store, programVersion: ProgramVersion.current).run(
        numbers
      )
      Diagnostics.write(
        "\(result.tried) rejected lines tried: \(result.stored) stored, \(result.kept) kept"
      )
      try store.close()
    }
  }

  /// Deletes rejected lines.
  struct DeleteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "delete",
      abstract: "Delete rejected lines for good."
    )

    @Argument(help: "The numbers of the lines.")
    var numbers: [Int64] = []

    @Flag(help: "Delete all of them.")
    var all = false

    @OptionGroup var database: DatabaseOptions

    mutating func validate() throws {
      guard all == numbers.isEmpty else {
        throw ValidationError("name the lines to delete, or say --all")
      }
    }

    func run() throws {
      let store = try database.openStore()
      let count = try store.deleteRejectedLines(all ? nil : numbers)
      Diagnostics.write("\(count) rejected lines deleted")
      try store.close()
    }
  }
}
