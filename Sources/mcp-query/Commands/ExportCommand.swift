internal import ArgumentParser
internal import MCPArchive
internal import MCPCommandLine
internal import MCPEvents
internal import MCPStore
internal import MCPSystem

/// Writes what a filter means into an archive.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write records into a compressed JSON archive that every tool reads.",
    discussion: """
      Examples:
        mcp-query export --to audit.jsonl.gz                  everything, one record a line
        mcp-query export --since 2026-11 --until 2026-11 --to november.json.gz
        mcp-query export --instance work-123 --descendants | zcat | jq .tool_name

      The name chooses the layout: .jsonl[.gz] is one record a line, .json[.gz] one document. \
      Without --to, or with --to -, gzipped lines go to standard output.
      """
  )

  @Option(
    help: ArgumentHelp("The file: .jsonl.gz, .jsonl, .json.gz or .json.", valueName: "name"),
    completion: .file()
  )
  var to: String?

  @Flag(help: "Replace a file that is there.")
  var force = false

  @Option(help: ArgumentHelp("Also put these in.", valueName: "issues"))
  var include: [ExtraRecords] = []

  @OptionGroup(title: "Filter") var filter: FilterOptions
  @OptionGroup(title: "Filter") var zone: TimeZoneOptions
  @OptionGroup var database: DatabaseOptions

  mutating func validate() {
    if to == "-" { to = nil }
  }

  func run() throws {
    do {
      try export()
    } catch let error as ArchiveError {
      throw CommandError(error)
    }
  }

  private func export() throws {
    let layout = try to.map(ArchiveLayout.init(name:)) ?? .standard
    if to == nil, BorrowedDescriptor.standardOutput.isTerminal {
      throw CommandError(.usage, "gzip is not for terminals; name a file with --to, or use a pipe")
    }
    var request = ArchiveRequest(
      try filter.filter(zone),
      layout: layout,
      toolVersion: ProgramVersion.current,
      exportedAt: Self.time,
      observer: .here
    )
    request.includesIssues = include.contains(.issues)
    let destination = to.map { ArchiveDestination.file(path: $0, isReplacing: force) }
    var progress = ProgressLine()
    // An unfinished file is not to stay behind.
    let isPipe = to == nil
    let signals = StopSignals { request in
      if isPipe || request.isImmediate { ProcessExit.now(request.latest.exitStatus) }
    }
    let reader = try database.openReader()
    let summary = try ArchiveExport.write(request, from: reader, to: destination ?? .standardOutput)
    { count in
      if let stop = signals.request { throw ExitCode(stop.first.exitStatus) }
      progress.show("\(count) events")
    }
    progress.clear()
    if let to { report(summary, to) }
  }

  /// The time of the header: `SOURCE_DATE_EPOCH` makes archives of the same state equal.
  private static var time: UnixTime {
    let fixed = ProcessEnvironment.variable("SOURCE_DATE_EPOCH").flatMap { Int64($0) }
    let milliseconds = fixed?.multipliedReportingOverflow(by: 1000)
    guard let milliseconds, !milliseconds.overflow else { return .now() }
    return UnixTime(milliseconds: milliseconds.partialValue)
  }

  private func report(_ summary: ArchiveSummary, _ name: String) {
    Diagnostics.write(
      "\(TerminalText.escaped(name)): \(summary.events) events of \(summary.instances) instances, "
        + "\(summary.relationships) relationships, \(summary.runs) runs\n"
        + "content sha256 \(summary.contentDigest)"
    )
  }
}

/// What is only put into an archive if it is asked for.
enum ExtraRecords: String, CaseIterable, ExpressibleByArgument {
  case issues
}
