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
    var transactions = 0
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
  /// How long the lock is left to those who wait for it: they ask every 3 ms at least.
  private static let pauseForOthers: UInt32 = 3000
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
  ///   - acknowledge: Called when a commit is on the disk, on any thread, and after each failure.
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
    let disk = SyncThread(store)
    defer { disk.close() }
    while let parcel = outbox.next(every: heartbeat, keepAlive) {
      let source = parcel.source
      var group = [(consume parcel).sealed]
      // Under load others write, or the next batches are stored, while it is waited for the disk.
      let sync: CommitSync = outbox.isEmpty || !store.canSyncLater ? .atCommit : .later
      let isWritten = write(&group, from: source, syncing: sync)
      if isWritten { outbox.recycle(&group) }
      guard isWritten, confirm(sync, disk) else {
        noteFailure(of: disk)
        outbox.giveUp(group, from: source)
        acknowledge(progress)
        return
      }
      outbox.didWrite()
      store.tendLog()
    }
  }

  /// Remembers that the disk has failed, whatever came after that.
  private func noteFailure(of disk: SyncThread) {
    do throws(StoreError) {
      try disk.wait()
    } catch {
      state.withLock { $0.failure = error }
    }
  }

  /// Acknowledges what is stored, once it is on the disk.
  ///
  /// - Returns: Whether the disk works.
  private func confirm(_ sync: CommitSync, _ disk: SyncThread) -> Bool {
    let progress = progress
    let report: SyncThread.Report = { [acknowledge] in acknowledge(progress) }
    do throws(StoreError) {
      if sync == .atCommit {
        try disk.wait()
        report()
      } else if store.othersWait {
        try disk.syncNow(then: report)
        Sleep.microseconds(Self.pauseForOthers)
      } else if outbox.isEmpty {
        try disk.syncNow(then: report)
      } else {
        try disk.begin(then: report)
      }
      return true
    } catch {
      // What is stored stays stored, unless the power fails: it is not to be written again.
      state.withLock { $0.failure = error }
      return false
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

  /// Writes a batch, however often it takes, and those behind it that are ready meanwhile.
  private func write(
    _ group: inout [SealedBatch],
    from source: String,
    syncing sync: CommitSync
  ) -> Bool {
    var isAlone = false
    while true {
      // What ends while an attempt is under way deserves another one.
      let wasClosed = outbox.isClosed
      do throws(StoreError) {
        try attempt(&group, from: source, alone: isAlone, sync)
        return true
      } catch {
        // The first alone from now on: it must not fail for one of the others.
        isAlone = true
        if group.count > 1 {
          outbox.putBack(group.dropFirst(), from: source)
          group.removeLast(group.count - 1)
          continue
        }
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

  private func attempt(
    _ group: inout [SealedBatch],
    from source: String,
    alone isAlone: Bool,
    _ sync: CommitSync
  ) throws(StoreError) {
    var context = context
    context.runID = try beginRun(source)
    context.statistics = statistics
    let results = try store.append(&group, in: context, syncing: sync) {
      isAlone ? nil : outbox.next(from: source)
    }
    let failure = progress.failure
    state.withLock { progress in
      for (sealed, result) in zip(group, results) { progress.add(sealed.batch, result) }
      progress.transactions += 1
      progress.failure = nil
    }
    tell(results, from: source, after: failure, waitedBefore: context.statistics)
  }

  private func tell(
    _ results: [AppendResult],
    from source: String,
    after failure: StoreError?,
    waitedBefore: RunStatistics
  ) {
    if failure != nil { logger.info("\(store.path) can be written again") }
    let waited = (statistics.waitedMicroseconds - waitedBefore.waitedMicroseconds) / 1000
    if waited >= Self.longWait { logger.info("waited \(waited) ms for the lock of \(store.path)") }
    let events = results.reduce(0) { $0 + $1.storedEvents }
    let lines = results.reduce(0) { $0 + $1.counts.lines }
    logger.debug("\(source): stored \(events) events of \(lines) lines")
  }

  private func beginRun(_ source: String) throws(StoreError) -> Int64 {
    if let runID = progress.runs[source] { return runID }
    let runID = try store.beginRun(describe(source))
    state.withLock { $0.runs[source] = runID }
    return runID
  }
}

extension BatchWriter.Progress {
  fileprivate mutating func add(_ batch: RecordBatch, _ result: AppendResult) {
    counts += result.counts
    storedEvents += result.storedEvents
    guard batch.coveredLines > 0 else { return }
    (coveredBytes, coveredLines) = (batch.coveredBytes, batch.coveredLines)
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
