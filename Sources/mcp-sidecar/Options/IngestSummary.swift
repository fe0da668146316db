internal import MCPEvents
internal import MCPIngest

/// What an ingest has done, for people and for programs.
struct IngestSummary {
  /// Shorter waits for the database are not worth a word.
  private static let notableWait = Duration.milliseconds(100)

  private let report: IngestReport
  private let database: String

  init(_ report: IngestReport, database: String) {
    self.report = report
    self.database = database
  }

  /// One line: the five numbers add up to the lines.
  var text: String {
    let counts = report.counts
    var text = """
      \(counts.lines) lines read: \(counts.events) events, \(counts.duplicates) duplicates, \
      \(counts.ignored) ignored, \(counts.blank) blank, \(counts.rejected) rejected
      """
    text += "; \(report.storedEvents) events stored in \(database)"
    if report.redactions > 0 { text += "; \(report.redactions) secrets replaced" }
    if report.waited >= Self.notableWait { text += "; waited \(report.waited.milliseconds) ms" }
    if report.retries > 0 { text += "; \(report.retries) attempts repeated" }
    if report.spilledLines > 0 { text += "; \(report.spilledLines) lines wait beside it" }
    if report.lostLines > 0 { text += "; \(report.lostLines) LINES LOST" }
    if report.unchangedInputs > 0 { text += "; \(report.unchangedInputs) files unchanged" }
    if counts.rejected > 0 { text += "; see 'mcp-query rejected list'" }
    return text
  }

  /// One JSON object.
  var json: String {
    let counts = report.counts
    let numbers: [(String, Int64)] = [
      ("lines", counts.lines), ("events", counts.events), ("duplicates", counts.duplicates),
      ("ignored", counts.ignored), ("blank", counts.blank), ("rejected", counts.rejected),
      ("stored", Int64(report.storedEvents)), ("batches", Int64(report.batches)),
      ("inputs", Int64(report.inputs)), ("unchanged_inputs", Int64(report.unchangedInputs)),
      ("redactions", report.redactions), ("spilled", report.spilledLines),
      ("lost", report.lostLines), ("retries", report.retries),
      ("waited_ms", report.waited.milliseconds), ("bytes", report.bytes),
      ("elapsed_ms", report.elapsed.milliseconds),
    ]
    let members = numbers.map { "\"\($0)\":\($1)" } + ["\"database\":" + JSONText.quoted(database)]
    return "{" + members.joined(separator: ",") + "}"
  }
}

extension Duration {
  fileprivate var milliseconds: Int64 {
    components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
  }
}
