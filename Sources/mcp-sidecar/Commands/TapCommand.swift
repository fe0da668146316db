internal import ArgumentParser
internal import MCPCommandLine
internal import MCPIngest
internal import MCPStore
internal import MCPSystem

/// Stands between an MCP client and a server, and records what they say.
struct TapCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tap",
    abstract: "Start an MCP server, pass its traffic on unchanged, and record it.",
    discussion: """
      Put it before the server's command in an agent's configuration:
        mcp-sidecar tap -- npx -y @modelcontextprotocol/server-filesystem ~/src
        mcp-sidecar tap --name github -- github-mcp-server stdio

      Both directions are passed on byte for byte, before anything is recorded. Recording waits for \
      nobody and holds up nobody: what it cannot keep up with is counted.

      The calls belong to --instance, else $MCP_SIDECAR_INSTANCE, else the instance whose process \
      started the server, else to one instance for each client. Clients often keep their environment \
      from servers; that of the processes above counts as well, for $MCP_SIDECAR_DB too.

      The exit status is the server's; 125 means that this program failed, 126 and 127 that the \
      server could not be started.
      """
  )

  @Option(help: ArgumentHelp("What the server is called; else what it calls itself."))
  var name: String?

  @Option(help: ArgumentHelp("The instance that the calls belong to.", valueName: "id"))
  var instance: String?

  @OptionGroup var content: ContentOptions
  @OptionGroup var database: DatabaseOptions

  @Argument(
    parsing: .captureForPassthrough,
    help: ArgumentHelp("The server's command and its arguments.", valueName: "command")
  )
  var command: [String] = []

  mutating func validate() throws {
    try CommandWords.validate(command, "the server's command")
  }

  func run() throws {
    let ancestors = ProcessAncestor.all()
    var database = database
    database.database =
      database.database ?? InheritedVariable.find("MCP_SIDECAR_DB", in: ancestors)
    var options = TapOptions(
      words: CommandWords(command).words,
      programVersion: ProgramVersion.current,
      openStore: { [database] in try database.openStore { $0.waitBriefly() } },
      warn: { Diagnostics.write("mcp-sidecar: \($0)") }
    )
    options.serverName = name
    options.instance =
      instance ?? InheritedVariable.find("MCP_SIDECAR_INSTANCE", in: ancestors)
    options.recording = content.ingestOptions
    var tap = try TapRun(options)
    try tap.run()
  }
}
