internal import Logging
internal import Synchronization

internal import MCPEvents
internal import MCPStore
internal import MCPSystem

/// Stores the batches of an outbox, in order, on a thread of its own.
///
/// A database that cannot be written is tried again until the input has ended, unless nothing can
/// help, or the writer is told to stop at the first failure.
final class BatchWriter: Sendable {
  /// What has been stored so far.
  struct Progress: Sendable {
    var counts = LineCounts()
    var storedEvents = 0
    var batches = 0
    /// How often a batch had to be tried again.
    var retries: Int64 = 0
    var coveredBytes: Int64 = 0
    var coveredLines: Int64 = 0
    /// The rows of the runs, by what they read.
    var runs: [String: Int64] = [:]
    /// Why the last attempt failed; none after one that did not.
    var failure: StoreError?
    /// Whether lines before those that are covered are lost, so that nothing is covered any more.
    var hasGap = false
  }

  private static let pause: UInt32 = 100_000
  /// After so long a wait for the lock it is worth a word.
  private static let longWait: Int64 = 100

  private let store: AgentStore
  private let outbox: BatchOutbox
  private let context: RunContext
  private let describe: @Sendable (String) -> RunDescription
  private let stopsAtFailure: Bool
  private let heartbeat: Duration
  private let logger: Logger
  /// How long others had waited before, in milliseconds.
  private let waitedBefore: Int64
  private let acknowledge: @Sendable (Progress) -> Void
  private let state = Mutex(Progress())

  /// Prepares to write.
  ///
  /// - Parameters:
  ///   - store: Where to.
  ///   - outbox: What.
  ///   - context: How; a run is begun with its first batch.
  ///   - describe: Describes the run of a source.
  ///   - stopsAtFailure: Whether not to try again.
  ///   - options: How often it gives a sign of life, and where it tells of its troubles.
  ///   - acknowledge: Called after each commit, and after each failure.
  init(
    store: AgentStore,
    outbox: BatchOutbox,
    context: RunContext,
    describe: @escaping @Sendable (String) -> RunDescription,
    stopsAtFailure: Bool,
    options: IngestOptions,
    acknowledge: @escaping @Sendable (Progress) -> Void
  ) {
    self.store = store
    self.outbox = outbox
    self.context = context
    self.describe = describe
    self.stopsAtFailure = stopsAtFailure
    heartbeat = options.heartbeat
    logger = options.logger
    waitedBefore = store.waitedMilliseconds
    self.acknowledge = acknowledge
  }

  /// What has been stored so far.
  var progress: Progress { state.withLock { $0 } }

  /// What it had to wait for so far.
  var statistics: RunStatistics {
    var statistics = RunStatistics()
    statistics.retries = progress.retries
    statistics.waitedMicroseconds = (store.waitedMilliseconds - waitedBefore) * 1000
    statistics.logBytes = store.logBytes
    return statistics
  }

  /// Writes until the outbox is closed and empty, or until it cannot go on.
  func work() {
    while let parcel = outbox.next(every: heartbeat, keepAlive) {
      guard write(parcel) else {
        outbox.giveUp(parcel)
        acknowledge(progress)
        return
      }
      outbox.didWrite(consume parcel)
      acknowledge(progress)
    }
  }

  /// Shows that the runs go on though nothing comes; a sign that cannot be given is left out.
  private func keepAlive() {
    try? store.keepAlive(Array(progress.runs.values), statistics)
  }

  /// Notes that lines which waited in files are stored.
  func didStore(lines: Int64, bytes: Int64) {
    let progress = state.withLock { progress in
      (progress.coveredLines, progress.coveredBytes) = (lines, bytes)
      return progress
    }
    acknowledge(progress)
  }

  /// Notes that lines are lost: what comes behind them is not acknowledged.
  func noteLoss() {
    state.withLock { $0.hasGap = true }
  }

  /// Makes sure that a source that held nothing has a run all the same.
  func noteEmpty(_ source: String) {
    _ = try? beginRun(source)
  }

  /// Writes one batch, however often it takes.
  private func write(_ parcel: BatchOutbox.Parcel) -> Bool {
    while true {
      // What ends while an attempt is under way deserves another one.
      let wasClosed = outbox.isClosed
      do throws(StoreError) {
        try attempt(parcel)
        return true
      } catch {
        let isFirst = state.withLock { progress in
          defer { progress.failure = error }
          return progress.failure == nil
        }
        acknowledge(progress)
        if stopsAtFailure || wasClosed || error.reason.isLasting { return false }
        logger.log(level: isFirst ? .warning : .debug, "\(error.message); trying again")
        state.withLock { $0.retries += 1 }
        Sleep.microseconds(Self.pause)
      }
    }
  }

  private func attempt(_ parcel: BatchOutbox.Parcel) throws(StoreError) {
    var context = context
    context.runID = try beginRun(parcel.source)
    context.checkpoint = parcel.checkpoint
    context.statistics = statistics
    let result = try store.append(parcel.batch, parcel.seal, in: context)
    let failure = state.withLock { progress in
      let failure = progress.failure
      progress.counts += result.counts
      progress.storedEvents += result.storedEvents
      progress.batches += 1
      progress.failure = nil
      guard parcel.batch.coveredLines > 0 else { return failure }
      progress.coveredBytes = parcel.batch.coveredBytes
      progress.coveredLines = parcel.batch.coveredLines
      return failure
    }
    tell(result, parcel, after: failure, waitedBefore: context.statistics.waitedMicroseconds / 1000)
  }

  private func tell(
    _ result: AppendResult,
    _ parcel: BatchOutbox.Parcel,
    after failure: StoreError?,
    waitedBefore: Int64
  ) {
    if failure != nil { logger.info("\(store.path) can be written again") }
    let waited = statistics.waitedMicroseconds / 1000 - waitedBefore
    if waited >= Self.longWait { logger.info("waited \(waited) ms for the lock of \(store.path)") }
    logger.debug(
      "\(parcel.source): stored \(result.storedEvents) events of \(result.counts.lines) lines"
    )
  }

  private func beginRun(_ source: String) throws(StoreError) -> Int64 {
    if let runID = progress.runs[source] { return runID }
    let runID = try store.beginRun(describe(source))
    state.withLock { $0.runs[source] = runID }
    return runID
  }
}

extension StoreError.Reason {
  /// Whether trying again cannot help.
  fileprivate var isLasting: Bool {
    switch self {
    case .busy, .full, .readOnly, .permission, .inputOutput, .cannotCreate, .timeout: false
    default: true
    }
  }
}
