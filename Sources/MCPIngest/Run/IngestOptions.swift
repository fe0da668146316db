package import Logging
package import MCPAdapters
package import MCPStore
package import MCPSystem

/// How lines are recorded.
package struct IngestOptions: Sendable {
  /// The instance of lines that name none.
  package var instance: String?
  /// Put on every instance that the run touches, and on the run itself.
  package var labels: [String: String] = [:]
  /// Where standard input is copied to, byte for byte.
  package var copy: BorrowedDescriptor?
  /// How many lines fill a batch.
  package var batchSize = 1000
  /// How long a line waits for others at most.
  package var flushInterval = Duration.milliseconds(100)
  package var unknownInstances = UnknownInstancePolicy.create
  /// The longest line that is parsed, in bytes.
  package var maximumLineLength = LineBuffer.defaultMaximumLineLength
  /// How long a pipe is read on after the first signal.
  package var drain = Duration.seconds(5)
  /// Whether the producer is held back, and finally stopped, when the database cannot be written.
  package var mustRecord = false
  /// The format of agents' lines; `nil` finds it out line by line.
  package var format: StreamFormat?
  /// What the user calls the server of an MCP stream.
  package var serverName: String?
  /// How much of a call's content is kept.
  package var capture = CaptureLevel.args
  /// What is replaced before anything is stored; `nil` is secrets, in agents' streams only.
  package var redaction: RedactionPolicy?
  /// What becomes of lines that are no JSON objects.
  package var noise = NoisePolicy.reject
  /// Whether events that state their time, and have no uid, are known by their content.
  package var namesByContent = false
  /// Whether every line is of the line protocol, whatever it looks like.
  package var takesEveryLine = false
  /// Where acknowledgements go, one JSON line after each durable commit.
  package var acknowledgements: BorrowedDescriptor?
  /// Where a run tells of what ends nothing: retries, waits, lines that are kept in files.
  package var logger = Logger(label: "mcp-sidecar") { _ in SwiftLogNoOpLogHandler() }
  /// Told how far reading is, after each read.
  package var progress: (@Sendable (ReadingProgress) -> Void)?
  /// How often a run that gets nothing gives a sign of life.
  package var heartbeat = Duration.seconds(60)
  /// What is known of where the program runs.
  package var surroundings = Surroundings()

  package init() {}
}
