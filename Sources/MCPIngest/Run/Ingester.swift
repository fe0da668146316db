internal import MCPEvents
package import MCPStore
package import MCPSystem

/// Records the lines of inputs in a store.
///
/// One thread reads, decodes and hashes, another writes, so that both cores work. Memory is bounded
/// by the batches under way and the longest line.
package struct Ingester: ~Copyable {
  private let store: AgentStore
  private let options: IngestOptions
  private let programVersion: String
  private let waker: Waker
  private let signals: StopSignals
  private let began = ContinuousClock.now

  /// What has been done so far.
  package private(set) var report = IngestReport()

  /// Takes over the stop signals.
  ///
  /// - Parameters:
  ///   - store: Where lines are recorded.
  ///   - options: How.
  ///   - programVersion: Noted in the run.
  /// - Throws: A `SystemError` when there are no descriptors left.
  package init(
    store: AgentStore,
    options: IngestOptions,
    programVersion: String
  ) throws(SystemError) {
    self.store = store
    self.options = options
    self.programVersion = programVersion
    waker = try Waker()
    signals = StopSignals(waker: waker) { request in
      if request.isImmediate { ProcessExit.now(request.latest.exitStatus) }
    }
  }

  /// Whether somebody asked to stop.
  package var isStopping: Bool { signals.request != nil }

  /// Records standard input until its end.
  ///
  /// - Throws: A ``StoreError`` or `SystemError`; what was acknowledged is stored.
  package mutating func ingestStandardInput() throws {
    let source = InputSource(.standardInput)
    try ingest(source, named: "stdin", isPipe: true, from: .beginning, checkpoint: nil)
  }

  /// Records a file from where its last commit ended.
  ///
  /// - Parameters:
  ///   - path: The file; it may be compressed.
  ///   - isAgain: Whether to read it from its beginning all the same.
  /// - Throws: A ``StoreError``, `SystemError` or `GzipError`.
  package mutating func ingestFile(_ path: String, again isAgain: Bool = false) throws {
    let file = try InputFile(path, store: store, isAgain: isAgain)
    guard !file.isUnchanged else {
      report.unchangedInputs += 1
      return
    }
    let (start, checkpoint) = (file.start, file.checkpoint)
    let source = try file.open()
    try ingest(source, named: path, isPipe: false, from: start, checkpoint: checkpoint)
  }

  // MARK: One input

  private mutating func ingest(
    _ source: consuming InputSource,
    named name: String,
    isPipe: Bool,
    from start: LineStart,
    checkpoint: FileCheckpoint?
  ) throws {
    let runID = try store.beginRun(description(of: name))
    let outbox = BatchOutbox(store: store)
    let writer = makeWriter(outbox, runID, checkpoint)
    let thread = try Worker { writer.run() }
    var outcome = Result<Void, any Error>.success(())
    do {
      try read(source, isPipe: isPipe, from: start, into: outbox, writer)
    } catch {
      outcome = .failure(error)
    }
    outbox.close()
    thread.join()
    try finish(writer.progress, runID, outcome)
  }

  private func makeWriter(
    _ outbox: BatchOutbox,
    _ runID: Int64,
    _ checkpoint: FileCheckpoint?
  ) -> BatchWriter {
    var context = RunContext()
    context.runID = runID
    context.labels = options.labels
    context.surroundings = options.surroundings
    context.unknownInstances = options.unknownInstances
    let (waker, descriptor) = (waker, options.acknowledgements)
    return BatchWriter(
      store: store,
      outbox: outbox,
      context: context,
      checkpoints: checkpoint.map(CheckpointMaker.init)
    ) { progress in
      if progress.failure != nil {
        waker.wake()
      } else if let descriptor {
        Acknowledgement.write(progress, to: descriptor)
      }
    }
  }

  private mutating func finish(
    _ progress: BatchWriter.Progress,
    _ runID: Int64,
    _ outcome: Result<Void, any Error>
  ) throws {
    report.add(progress)
    report.inputs += 1
    report.bytes += progress.coveredBytes
    report.elapsed = .now - began
    let failure: (any Error)? = progress.failure ?? outcome.failure
    let ending: RunEnding =
      failure != nil ? .failed : report.stoppedBy != nil ? .stopped : .finished
    var statistics = RunStatistics()
    statistics.waitedMicroseconds = store.waitedMilliseconds * 1000
    do throws(StoreError) {
      try store.endRun(runID, statistics, ending, error: failure.map { "\($0)" })
    } catch  where failure == nil {
      throw error
    } catch {
      // The failure that came first is the one to tell.
    }
    if let failure { throw failure }
  }

  private func description(of source: String) -> RunDescription {
    var run = RunDescription(
      source: source,
      processID: Int64(ProcessEnvironment.processID),
      programVersion: programVersion
    )
    run.labels = options.labels
    run.host = options.surroundings.host
    run.user = options.surroundings.user
    return run
  }

  // MARK: Reading

  private mutating func read(
    _ input: consuming InputSource,
    isPipe: Bool,
    from start: LineStart,
    into outbox: BatchOutbox,
    _ writer: BatchWriter
  ) throws {
    var source = TeeSource(input, copyingTo: isPipe ? options.copy : nil)
    var lines = try LineBuffer(
      resumingAt: start,
      maximumLineLength: options.maximumLineLength
    )
    var intake = makeIntake(outbox)
    var poller = Poller(waker: waker)
    _ = source.watch(with: &poller)
    var patience = Patience(interval: options.flushInterval, drain: options.drain, isPipe: isPipe)
    while writer.progress.failure == nil {
      if let request = signals.request, patience.isOver(stoppingSince: request) {
        report.stoppedBy = request.first
        break
      }
      switch try poller.wait(until: patience.deadline(hasPending: intake.hasPending)) {
      case .woken: continue
      case .deadline:
        intake.flush()
        patience.didFlush()
        continue
      case .ready: break
      }
      guard try lines.read(from: &source) > 0 else {
        intake.receivedAt = store.now()
        lines.finish(to: &intake)
        break
      }
      intake.receivedAt = store.now()
      lines.deliver(to: &intake)
      if patience.isDue(hasPending: intake.hasPending) {
        intake.flush()
        patience.didFlush()
      }
    }
    intake.flush()
  }

  private func makeIntake(_ outbox: BatchOutbox) -> LineIntake {
    LineIntake(
      decoder: LineDecoder(
        defaultInstance: options.instance,
        takesEveryLine: options.takesEveryLine
      ),
      policy: BatchPolicy(
        maximumLines: options.batchSize,
        maximumAge: options.flushInterval
      ),
      maximumLineLength: options.maximumLineLength,
      outbox: outbox
    )
  }
}

extension Result where Success == Void {
  fileprivate var failure: Failure? {
    if case .failure(let failure) = self { failure } else { nil }
  }
}
