internal import ArgumentParser
internal import MCPCommandLine
internal import MCPIngest
internal import MCPStore
internal import MCPSystem

/// Records one payload of an agent's hook.
struct HookCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hook",
    abstract: "Record one hook payload from standard input; silent, and never fails.",
    discussion: """
      Example, as the command of a hook in an agent's settings:
        mcp-sidecar hook

      Nothing is written to standard output and the exit status is always 0, because agents act on \
      both. A payload that cannot be stored at once waits in a file beside the database for the \
      next writer. Failures are in DATABASE-hook.log.
      """
  )

  @OptionGroup var database: DatabaseOptions

  @Option(help: ArgumentHelp("The instance that the session is.", valueName: "id"))
  var instance: String?

  /// What a later version may know: no reason to lose the payload, or what else was asked for.
  @Argument(parsing: .allUnrecognized, help: .hidden)
  var unknownWords: [String] = []

  func run() throws {
    guard !BorrowedDescriptor.standardInput.isTerminal else {
      throw CommandError(.usage, "hook reads a payload from standard input")
    }
    let payload = HookPayload(from: .standardInput)
    // A configuration that is wrong is no reason to lose the payload.
    let path = (try? database.path) ?? StoreConfiguration.shared.local.path
    try? SharedDatabase.prepare(path)
    HookRecorder(
      database: path,
      instance: instance ?? ProcessEnvironment.variable("MCP_SIDECAR_INSTANCE"),
      programVersion: ProgramVersion.current
    ).record(payload)
  }

  /// Runs the command for an agent: no usage error may reach it either.
  static func runSilently(_ arguments: [String]) {
    ProcessEnvironment.setFileCreationMask(0o077)
    BrokenPipes.becomeErrors()
    let command = (try? Self.parse(arguments)) ?? (try? Self.parse([]))
    try? command?.run()
  }
}
