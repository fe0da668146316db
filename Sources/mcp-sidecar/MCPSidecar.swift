internal import ArgumentParser
internal import MCPCommandLine
internal import MCPSystem
internal import MCPIngest

/// The program that changes things.
@main struct MCPSidecar: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mcp-sidecar",
    abstract: "Records what coding agents do, in SQLite, losing nothing.",
    discussion: """
      Examples:
        agent … | mcp-sidecar                     record a pipe
        agent … | mcp-sidecar --tee | jq .        record it and pass it on
        mcp-sidecar events.jsonl old/*.jsonl.gz   record files, each line once
        mcp-query events --failed --since 2h      ask what was recorded

      The database is --db, else $MCP_SIDECAR_DB, else what ~/.config/mcp-sidecar/config.json says, \
      else ~/.local/share/mcp-sidecar/events.db. \
      Reading, exporting and verifying is what mcp-query does.
      """,
    version: ProgramVersion.current,
    subcommands: [
      IngestCommand.self, RunCommand.self, TapCommand.self, HookCommand.self,
      SetupCommand.self, RejectedCommand.self,
      InstanceCommand.self, RelationshipCommand.self, IssueCommand.self, ConfigCommand.self,
      MigrateCommand.self, VacuumCommand.self, BackupCommand.self, ImportCommand.self,
    ],
    defaultSubcommand: IngestCommand.self
  )

  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    if arguments.first == "hook", !BorrowedDescriptor.standardInput.isTerminal {
      HookCommand.runSilently(Array(arguments.dropFirst()))
      ProcessExit.now(ExitStatus.done.rawValue)
    }
    ProcessMemory.limitFreedMemory()
    Program.run(Self.self, arguments, ownFailure: ownFailure(of: arguments.first))
  }

  /// What a command ends with when it fails itself, where the usual numbers are not its own.
  private static func ownFailure(of command: String?) -> Int32? {
    let commands = [RunCommand.configuration.commandName, TapCommand.configuration.commandName]
    return commands.contains(command) ? CommandFailure.Status.ownFailure.rawValue : nil
  }
}
