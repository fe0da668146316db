internal import ArgumentParser
internal import MCPCommandLine
internal import MCPStore
internal import MCPSystem

/// Shows the lines that could not be stored as records.
struct RejectedCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rejected",
    abstract: "Show the lines that could not be stored as records, and why.",
    discussion: """
      Examples:
        mcp-query rejected list --since today
        mcp-query rejected show 17 > line.json    the bytes as they were read
        mcp-sidecar rejected retry                try them again
      """,
    subcommands: [ListCommand.self, ShowLineCommand.self],
    defaultSubcommand: ListCommand.self
  )

  /// Lists rejected lines.
  struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "List rejected lines with their reasons."
    )

    @Option(
      name: .customLong("run"),
      help: ArgumentHelp("Only those of this run.", valueName: "id")
    )
    var runID: Int64?

    @OptionGroup(title: "Filter") var period: PeriodOptions
    @OptionGroup(title: "Page") var page: PageOptions
    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Output") var zone: TimeZoneOptions
    @OptionGroup var database: DatabaseOptions

    func run() throws {
      var query = try page.query(.rejected, try period.filter(zone))
      query.runID = runID
      try Listing(.rejected, output, zone).show(query, of: .rejected, from: database)
    }
  }

  /// Shows one rejected line.
  struct ShowLineCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Show one rejected line: in a pipe its bytes as they were read."
    )

    @Argument(help: "The number of the line.")
    var id: Int64

    @OptionGroup var database: DatabaseOptions

    func run() throws {
      let found = try database.openReader().read { try $0.rejectedLine(id) }
      guard let line = found else {
        throw CommandError(
          .noInput,
          "there is no rejected line \(id); see 'mcp-query rejected list'"
        )
      }
      var buffer = OutputBuffer()
      if BorrowedDescriptor.standardOutput.isTerminal {
        let text = String(decoding: line.bytes, as: UTF8.self)
        try buffer.append("\(line.place)\n\(TerminalText.escaped(line.reason))\n\n")
        try buffer.append(TerminalText.escaped(text) + "\n")
      } else {
        try buffer.append(raw: line.bytes + [UInt8(ascii: "\n")])
      }
      try buffer.flush()
    }
  }
}
