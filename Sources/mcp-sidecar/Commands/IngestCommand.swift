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
    help: "Files, or directories for every *.jsonl and *.jsonl.gz below them; else standard input.",
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

  func run() throws {
    if inputs.isEmpty, !agents, BorrowedDescriptor.standardInput.isTerminal {
      Diagnostics.write(MCPSidecar.helpMessage())
      throw CommandError(.usage, "nothing to record: pipe an agent's output in, or name a file")
    }
    let files = try inputs.flatMap(InputFiles.find) + (agents ? AgentFolders.files : [])
    let store = try database.openStore(recording.change)
    var options = recording.ingestOptions
    options.logger = reporting.logger
    let meter = reporting.progressMeter
    options.progress = { meter.show($0) }
    var ingester = try Ingester(
      store: store,
      options: options,
      programVersion: ProgramVersion.current
    )
    do {
      recordSpill(with: &ingester)
      try record(files, with: &ingester)
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

  /// What cannot be stored yet stays where it is, and holds up nothing.
  private func recordSpill(with ingester: inout Ingester) {
    do {
      try ingester.ingestSpill()
    } catch {
      reporting.logger.warning("lines of an earlier run still wait: \(error)")
    }
  }

  private func record(_ files: [String], with ingester: inout Ingester) throws {
    if inputs.isEmpty, !agents { return try ingester.ingestStandardInput() }
    if follow {
      let (inputs, agents) = (inputs, agents)
      // Between two files of a rotation there may be none.
      let find = { inputs.flatMap { (try? InputFiles.find($0)) ?? [] } }
      return try ingester.follow(
        { find() + (agents ? AgentFolders.files : []) },
        again: recording.again
      )
    }
    // One file that cannot be read holds up no other.
    var failures: [InputFailure] = []
    for file in files where !ingester.isStopping {
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
