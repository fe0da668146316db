internal import ArgumentParser
internal import Logging
internal import MCPCommandLine
internal import MCPEvents
internal import MCPIngest
internal import MCPStore
internal import MCPSystem

/// Records lines from standard input, or from files.
struct IngestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ingest",
    abstract: "Record JSON lines from standard input, files or directories (the default).",
    discussion: """
      Examples:
        agent … | mcp-sidecar
        agent … | mcp-sidecar --tee --label job=$CI_JOB_ID | jq .
        mcp-sidecar ingest logs/ archive.jsonl.gz

      A file is always continued where its last commit ended; it is known by its content, under \
      whatever name. Lines that hold no record are kept: see 'mcp-query rejected list'.
      """
  )

  @Argument(
    help: """
      Files, or directories for every *.jsonl and *.jsonl.gz below them; else, or as -, standard \
      input.
      """,
    completion: .file()
  )
  var inputs: [String] = []

  @Flag(help: "Record the transcripts that this user's agents keep on disk.")
  var agents = false

  @Flag(help: "Go on as files grow, are rotated or appear, until stopped.")
  var follow = false

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var recording: RecordingOptions
  @OptionGroup var reporting: ReportOptions

  mutating func validate() {
    if inputs == ["-"] { inputs = [] }
  }

  func run() throws {
    if inputs.isEmpty, !agents, BorrowedDescriptor.standardInput.isTerminal {
      Diagnostics.write(MCPSidecar.helpMessage())
      throw CommandError(.usage, "nothing to record: pipe an agent's output in, or name a file")
    }
    var found = InputFiles(reporting.logger)
    let files =
      try inputs.flatMap { try found.find($0) } + (agents ? AgentFolders.files(&found) : [])
    var options = recording.ingestOptions
    options.logger = reporting.logger
    let meter = reporting.progressMeter(ofPipe: readsPipe)
    options.progress = { meter.show($0) }
    let store = try openStore(options)
    var ingester = try Ingester(
      store: store,
      options: options,
      programVersion: ProgramVersion.current
    )
    do {
      recordSpill(with: &ingester)
      try record(files, &found, with: &ingester)
      meter.clear()
    } catch {
      meter.clear()
      try? reporting.write(ingester.report, into: store.path)
      throw error
    }
    let report = ingester.report
    try store.close()
    try reporting.write(report, into: store.path)
    if let signal = report.stoppedBy { ProcessExit.now(signal.exitStatus) }
    if recording.strict, report.counts.rejected > 0 {
      throw CommandError(
        .badData,
        "\(report.counts.rejected) lines were rejected; 'mcp-query rejected list' shows them"
      )
    }
  }

  /// Opens the database; while it cannot be opened for now, the agent at the pipe goes on.
  private func openStore(_ options: IngestOptions) throws -> AgentStore {
    do {
      return try database.openStore(recording.change)
    } catch let error as StoreError
      where error.reason.mayPass && readsPipe && !recording.mustRecord
    {
      var options = options
      options.progress = nil
      let path = try database.path
      var keeper = try PipeKeeper(database: path, options: options)
      let failure = try keeper.keepStandardInput(because: error)
      try? reporting.write(keeper.report, into: path)
      throw failure
    }
  }

  private var readsPipe: Bool { inputs.isEmpty && !agents }

  /// What cannot be stored yet stays where it is, and holds up nothing.
  private func recordSpill(with ingester: inout Ingester) {
    do {
      try ingester.ingestSpill()
    } catch {
      reporting.logger.warning("lines of an earlier run still wait: \(error)")
    }
  }

  private func record(
    _ files: [String],
    _ found: inout InputFiles,
    with ingester: inout Ingester
  ) throws {
    if readsPipe { return try ingester.ingestStandardInput() }
    if follow {
      return try ingester.follow(
        {
          // Between two files of a rotation there may be none.
          let named = inputs.flatMap { (try? found.find($0)) ?? [] }
          return named + (agents ? AgentFolders.files(&found) : [])
        },
        again: recording.again
      )
    }
    // One file that cannot be read holds up no other.
    var failures: [InputFailure] = []
    for file in files {
      do {
        try ingester.ingestFile(file, again: recording.again)
      } catch let failure as InputFailure {
        failures.append(failure)
      }
    }
    for failure in failures.dropLast() { reporting.logger.warning("\(failure)") }
    if let failure = failures.last { throw failure }
  }
}
