internal import ArgumentParser
internal import MCPCommandLine
internal import MCPIngest
internal import MCPStore
internal import MCPSystem

/// Runs a command and records it.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run an agent, record what it prints, and end as it does.",
    discussion: """
      Examples:
        mcp-sidecar run -- claude                                     its start and its end
        mcp-sidecar run -- claude -p 'fix it' --output-format stream-json | jq .
        mcp-sidecar run --instance work-123 --label job=$CI_JOB_ID -- codex exec --json 'fix it'

      The command has the same terminal, input, environment and signals as without this. Where \
      standard output is no terminal, it is passed on at once and recorded. The command finds its \
      instance in $MCP_SIDECAR_INSTANCE; a run inside of it becomes a child of that.

      The exit status is the command's, and a signal that ends it ends this program as well. 125 \
      means that this program failed, 126 that the command cannot be executed, 127 that there is \
      none.
      """
  )

  @Option(help: ArgumentHelp("The instance that the command is; else a new one.", valueName: "id"))
  var instance: String?

  @Option(help: ArgumentHelp("What people call the instance.", valueName: "text"))
  var name: String?

  @Option(help: ArgumentHelp("The format of every line; auto finds it out.", valueName: "name"))
  var format = FormatArgument.auto

  @Option(help: "Lines that are no JSON objects: reject keeps them aside, ignore counts them.")
  var noise = NoisePolicy.reject

  @Flag(help: "Do not start the command, or stop it, when it cannot be recorded.")
  var mustRecord = false

  @OptionGroup var content: ContentOptions
  @OptionGroup var database: DatabaseOptions

  @Argument(
    parsing: .captureForPassthrough,
    help: ArgumentHelp("The command and its arguments.", valueName: "command")
  )
  var command: [String] = []

  mutating func validate() throws {
    try CommandWords.validate(command, "a command to run")
  }

  func run() throws {
    var options = CommandOptions(
      words: CommandWords(command).words,
      database: try database.absolutePath,
      programVersion: ProgramVersion.current,
      openStore: { [database] in try database.openStore { $0.waitBriefly() } },
      warn: { Diagnostics.write("mcp-sidecar: \($0)") }
    )
    options.instance = instance
    options.outerInstance = ProcessEnvironment.variable("MCP_SIDECAR_INSTANCE").nonEmpty
    options.name = name
    options.recording = content.ingestOptions
    options.recording.takesEveryLine = format == .native
    options.recording.format = format.stream
    options.recording.noise = noise
    options.recording.mustRecord = mustRecord
    var run = try CommandRun(options)
    try run.run()
  }
}

extension WriterOptions {
  /// How programs open the database that stand between others: a lock is not waited for long, as
  /// lines are kept elsewhere meanwhile.
  mutating func waitBriefly() {
    busyTimeout = min(busyTimeout, .seconds(1))
  }
}

extension String? {
  /// The text, unless it is empty.
  var nonEmpty: String? { flatMap { $0.isEmpty ? nil : $0 } }
}
