internal import Logging
internal import MCPCommandLine
internal import MCPIngest
internal import MCPStore
internal import MCPSystem

/// Records the transcripts that agents have left on disk.
struct TranscriptIngestion: ~Copyable {
  private var ingester: Ingester
  private let logger = Logger(label: "mcp-sidecar") { _ in StandardErrorLog(.warning) }

  /// Prepares to record.
  ///
  /// - Parameter store: Where.
  /// - Throws: A `SystemError` when there are no descriptors left.
  init(_ store: AgentStore) throws(SystemError) {
    var options = IngestOptions()
    options.surroundings = .current()
    options.logger = logger
    ingester = try Ingester(store: store, options: options, programVersion: ProgramVersion.current)
  }

  /// What has been recorded so far.
  var report: IngestReport { ingester.report }

  /// Records what waits beside the database.
  ///
  /// - Throws: An error when that is impossible.
  mutating func recordSpill() throws {
    try ingester.ingestSpill()
  }

  /// Records all transcripts, each from where it was left; one that cannot be read holds up no
  /// other.
  mutating func recordTranscripts() {
    var found = InputFiles(logger)
    let files = AgentFolders.files(&found)
    var progress = ProgressLine()
    for (index, file) in files.enumerated() where !ingester.isStopping {
      progress.show("\(index) of \(files.count) transcripts")
      do {
        try ingester.ingestFile(file)
      } catch {
        progress.clear()
        logger.warning("\(error)")
      }
    }
    progress.clear()
  }
}
