internal import Logging
internal import MCPEvents
package import MCPStore
package import MCPSystem

/// Keeps what a pipe brings while the database cannot even be opened, so that the agent goes on.
///
/// The lines go to files beside the database, for the next writer. What cannot be kept there either
/// is counted, and copied all the same.
package struct PipeKeeper: ~Copyable {
  private let database: String
  private let options: IngestOptions
  private let waker: Waker
  private let signals: StopSignals

  /// What has been done.
  package private(set) var report = IngestReport()

  /// Prepares to keep lines.
  ///
  /// - Parameters:
  ///   - database: The file of the database.
  ///   - options: How lines are recorded.
  /// - Throws: A `SystemError` when there are no descriptors left.
  package init(database: String, options: IngestOptions) throws(SystemError) {
    self.database = database
    self.options = options
    waker = try Waker()
    signals = StopSignals(StopSignals.all, waker: waker) { request in
      if request.isImmediate { ProcessExit.now(request.latest.exitStatus) }
    }
  }

  /// Reads standard input to its end.
  ///
  /// - Parameter cause: Why the database cannot be opened.
  /// - Returns: What to tell in the end.
  /// - Throws: A `SystemError` or ``InputFailure``.
  package mutating func keepStandardInput(because cause: StoreError) throws -> IngestFailure {
    options.logger.warning("\(cause.message); lines wait in \(database)-spill")
    let input = Ingester.Input(name: "stdin", isPipe: true)
    let header = SpillHeader(input, options)
    var delivery = Delivery(SpillFolder(database: database), header)
    var reader = try InputReader(InputSource(.standardInput), input, options, waker)
    let outbox = BatchOutbox(store: nil, isPatient: false)
    var intake = LineIntake(options, header, outbox, checkpoint: nil)
    while !reader.isOver {
      if let request = signals.request, reader.isOver(after: request) {
        report.stoppedBy = request.first
        break
      }
      try reader.advance(&intake, now: UnixTime.now)
      if intake.isHeldUp { delivery.spill(intake.takeBatch()) }
    }
    reader.end(&intake)
    intake.finish()
    if intake.isHeldUp { delivery.spill(intake.takeBatch()) }
    (report.spilledLines, report.lostLines) = (delivery.spilledLines, delivery.lostLines)
    if let failure = reader.failure { throw failure }
    var statistics = RunStatistics()
    (statistics.spilled, statistics.lost) = (delivery.spilledLines, delivery.lostLines)
    return IngestFailure(cause, statistics, database)
  }
}

extension StoreError.Reason {
  /// Whether a database that cannot be opened for this reason may be opened later.
  package var mayPass: Bool {
    switch self {
    case .busy, .full, .inputOutput, .timeout, .newerVersion: true
    default: false
    }
  }
}
