internal import ArgumentParser
internal import MCPCommandLine

/// The program that reads.
@main struct MCPQuery: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mcp-query",
    abstract: "Asks what coding agents did, and exports it; never changes anything.",
    discussion: """
      Examples:
        mcp-query events --failed --since 2h         what went wrong lately
        mcp-query events --instance work-123 --tool 'edit*' -o csv
        mcp-query instances --status started         who is at work
        mcp-query tree                               who started whom
        mcp-query events -o jsonl | jq .tool_name    every record is a JSON line
        mcp-query export --since today --to audit.jsonl.gz

      The database is --db, else $MCP_SIDECAR_DB, else what ~/.config/mcp-sidecar/config.json says, \
      else ~/.local/share/mcp-sidecar/events.db. \
      Recording is what mcp-sidecar does.
      """,
    version: ProgramVersion.current,
    subcommands: [
      EventsCommand.self, InstancesCommand.self, RelationshipsCommand.self, IssuesCommand.self,
      RunsCommand.self, RejectedCommand.self, ShowCommand.self, StatsCommand.self,
      TreeCommand.self, ProcessesCommand.self, TailCommand.self, SQLCommand.self,
      ExportCommand.self,
      CheckCommand.self, SchemaCommand.self,
    ]
  )

  static func main() {
    let arguments = WrongDoor.ordered(Array(CommandLine.arguments.dropFirst()))
    if let error = WrongDoor.error(arguments, of: Self.configuration) {
      Program.fail(Self.self, error)
    }
    Program.run(Self.self, arguments.isEmpty ? ["--help"] : arguments)
  }
}
