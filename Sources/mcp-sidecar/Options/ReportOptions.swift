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

  @Option(help: "Show how far it is; auto means on a terminal only.")
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
  var progressMeter: ProgressMeter {
    switch progress {
    case .always: ProgressMeter(ProgressLine(isShown: true))
    case .never: ProgressMeter(ProgressLine(isShown: false))
    case .auto: ProgressMeter(ProgressLine())
    }
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
