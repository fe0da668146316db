internal import ArgumentParser
internal import Logging
internal import MCPCommandLine
internal import MCPIngest
internal import MCPSystem

/// What a command says about its work.
struct ReportOptions: ParsableArguments {
  enum SummaryForm: String, CaseIterable, ExpressibleByArgument {
    case text, json, none
  }

  enum ProgressWhen: String, CaseIterable, ExpressibleByArgument {
    case auto, always, never
  }

  @Option(help: "How to end: a sentence, a JSON object, or nothing, on standard error.")
  var summary = SummaryForm.text

  @Option(
    help: ArgumentHelp("Write the summary as JSON to a file as well.", valueName: "path"),
    completion: .file()
  )
  var summaryFile: String?

  @Option(help: "Show how far it is; auto means for files, on a terminal.")
  var progress = ProgressWhen.auto

  enum LogLevel: String, CaseIterable, ExpressibleByArgument {
    case error, warning, info, debug

    var level: Logger.Level {
      switch self {
      case .error: .error
      case .warning: .warning
      case .info: .info
      case .debug: .debug
      }
    }
  }

  @Option(help: "What to tell meanwhile, on standard error.")
  var logLevel = LogLevel.warning

  /// Where a run tells of itself.
  var logger: Logger {
    Logger(label: "mcp-sidecar") { _ in StandardErrorLog(logLevel.level) }
  }

  /// What shows how far it is.
  ///
  /// The reader of a pipe has no end to show; its terminal belongs to the agent and the copy.
  func progressMeter(ofPipe isPipe: Bool) -> ProgressMeter {
    let isShown =
      switch progress {
      case .always: true
      case .never: false
      case .auto: !isPipe && BorrowedDescriptor.standardError.isTerminal
      }
    return ProgressMeter(ProgressLine(isShown: isShown))
  }

  /// Tells what was done.
  func write(_ report: IngestReport, into database: String) throws {
    let json = IngestSummary(report, database: database).json
    switch summary {
    case .none: break
    case .json: Diagnostics.write(json)
    case .text: Diagnostics.write(IngestSummary(report, database: database).text)
    }
    guard let summaryFile else { return }
    do {
      var file = try AtomicFile(for: summaryFile)
      try file.write(Array((json + "\n").utf8).span)
      try file.commit(replacing: true)
    } catch let error {
      throw CommandError(.cannotCreate, "cannot write \(summaryFile): \(error.reason)")
    }
  }
}
