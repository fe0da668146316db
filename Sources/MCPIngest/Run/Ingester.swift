internal import Logging
internal import MCPEvents
internal import MCPGzip
package import MCPStore
package import MCPSystem

/// Records the lines of inputs in a store.
///
/// One thread reads, decodes and hashes, another writes, so that both cores work. Memory is bounded
/// by the batches under way and the longest line.
package struct Ingester: ~Copyable {
  let store: AgentStore
  let options: IngestOptions
  private let programVersion: String
  private let acknowledgement: Acknowledgement?
  let waker: Waker
  let signals: StopSignals
  let writing: WritingThread
  private let began = ContinuousClock.now

  /// What has been done so far.
  package internal(set) var report = IngestReport()

  /// Who minds the signals that ask to stop.
  package enum SignalHandling: Sendable {
    /// The ingester: the first is met gracefully, the second at once.
    case ingester
    /// Its caller, who ends the input.
    case caller

    fileprivate var signals: [StopSignal] {
      switch self {
      case .ingester: StopSignals.all
      case .caller: []
      }
    }
  }

  /// Prepares to record.
  ///
  /// - Parameters:
  ///   - store: Where lines are recorded.
  ///   - options: How.
  ///   - programVersion: Noted in the run.
  ///   - signalHandling: Who minds the signals that ask to stop.
  /// - Throws: A `SystemError` when there are no descriptors left.
  package init(
    store: AgentStore,
    options: IngestOptions,
    programVersion: String,
    signalHandling: SignalHandling = .ingester
  ) throws(SystemError) {
    self.store = store
    self.options = options
    self.programVersion = programVersion
    acknowledgement = options.acknowledgements.map { Acknowledgement($0) }
    let writing = try WritingThread()
    let waker = try Waker()
    (self.writing, self.waker) = (writing, waker)
    signals = StopSignals(signalHandling.signals, waker: waker) { request in
      if request.isImmediate { ProcessExit.now(request.latest.exitStatus) }
    }
  }

  /// Whether somebody asked to stop.
  package var isStopping: Bool { signals.request != nil }

  /// Records standard input until its end.
  ///
  /// While the database cannot be written, lines wait in memory, then in files beside it.
  ///
  /// - Throws: A ``StoreError`` or `SystemError`; what was acknowledged is stored.
  package mutating func ingestStandardInput() throws {
    try ingest(InputSource(.standardInput), Input(name: "stdin", isPipe: true))
  }

  /// Records what comes out of a pipe until its end, and what its owner has to say of it.
  ///
  /// - Parameters:
  ///   - pipe: The pipe.
  ///   - name: What the run is called.
  ///   - notes: The owner's own lines.
  /// - Throws: A ``StoreError`` or `SystemError`; what was acknowledged is stored.
  package mutating func ingestPipe(
    _ pipe: consuming FileDescriptor,
    named name: String,
    notes: PipeNotes
  ) throws {
    let source = try InputSource(pipe, isCompressed: false)
    try ingest(source, Input(name: name, isPipe: true, notes: notes))
  }

  /// Records a file from where its last commit ended, unless somebody asked to stop.
  ///
  /// - Parameters:
  ///   - path: The file; it may be compressed.
  ///   - isAgain: Whether to read it from its beginning all the same.
  /// - Throws: A ``StoreError``, or an ``InputFailure`` when the file cannot be read to its end;
  ///   what was read before is stored.
  package mutating func ingestFile(_ path: String, again isAgain: Bool = false) throws {
    if let request = signals.request {
      report.stoppedBy = request.first
      return
    }
    do {
      try ingestContent(of: path, again: isAgain)
    } catch  where error is SystemError || error is GzipError {
      throw InputFailure(path, error)
    }
  }

  private mutating func ingestContent(of path: String, again isAgain: Bool) throws {
    guard try FileStatus.of(path)?.kind == .regular else {
      // A pipe with a name can be read once.
      let pipe = try FileDescriptor.open(path, for: .reading)
      let source = try InputSource(pipe, isCompressed: false)
      return try ingest(source, Input(name: path, isPipe: true))
    }
    let file = try InputFile(
      path,
      store: store,
      isAgain: isAgain,
      maximumLineLength: options.maximumLineLength
    )
    guard !file.isUnchanged else {
      options.logger.debug("\(path) is unchanged")
      // Whoever stored it may have been killed before it was on the disk.
      if report.unchangedInputs == 0 { try store.syncLog() }
      report.unchangedInputs += 1
      return
    }
    options.logger.debug("\(path) is read from byte \(file.start.offset)")
    var input = Input(name: path, isPipe: false, start: file.start, checkpoint: file.checkpoint)
    input.file = file
    input.size = try file.status().size
    try ingest(try file.open(), input)
  }

  // MARK: One input

  /// What is read, and from where on.
  struct Input {
    let name: String
    let isPipe: Bool
    var start = LineStart.beginning
    var checkpoint: FileCheckpoint?
    var file: InputFile?
    /// How long a file is, as it is stored.
    var size: Int64?
    var notes = PipeNotes()
  }

  private mutating func ingest(_ source: consuming InputSource, _ input: Input) throws {
    let redactions = report.redactions
    let (outbox, writer) = makeWriter(input, options)
    let turn = writing.begin(writer)
    var delivery = Delivery(SpillFolder(database: store.path), SpillHeader(input, options))
    var failure: (any Error)?
    do {
      try read(source, input, outbox, writer, &delivery)
    } catch {
      failure = error
    }
    outbox.close()
    turn.join()
    if writer.progress.failure == nil { writer.noteEmpty(input.name) }
    let rest = outbox.takeRest()
    if spills(input) { delivery.spillRest(rest) }
    if failure == nil, writer.progress.failure == nil, delivery.isSpilling {
      do { try takeBack(&delivery, writer) } catch { failure = error }
    }
    acknowledgement?.finish(within: options.drain)
    var statistics = writer.statistics
    statistics.redactions = report.redactions - redactions
    statistics.spilled = delivery.spilledLines
    statistics.lost = delivery.lostLines + input.notes.lostLines()
    report.spilledLines += delivery.spilledLines
    report.lostLines += statistics.lost
    let lost = delivery.failure.map { IngestFailure($0, statistics, store.path) }
    try finish(input, writer.progress, statistics, failure ?? lost)
  }

  /// Whether lines that cannot be stored are kept in files: a pipe's are gone otherwise.
  private func spills(_ input: Input) -> Bool { input.isPipe && !options.mustRecord }

  func makeWriter(
    _ input: Input,
    _ options: IngestOptions,
    stopsAtFailure: Bool? = nil
  ) -> (BatchOutbox, BatchWriter) {
    let outbox = BatchOutbox(store: store, isPatient: !spills(input))
    var context = RunContext()
    context.labels = options.labels
    context.surroundings = options.surroundings
    context.unknownInstances = options.unknownInstances
    let waker = waker
    let acknowledgement = options.acknowledgements == nil ? nil : acknowledgement
    let description = runDescription(options.labels)
    let writer = BatchWriter(
      store: store,
      outbox: outbox,
      context: context,
      describe: { source in
        var run = description
        run.source = source
        return run
      },
      stopsAtFailure: stopsAtFailure ?? !spills(input),
      options: options
    ) { progress in
      if progress.failure != nil {
        waker.wake()
      } else if progress.coveredLines > 0, !progress.hasGap {
        acknowledgement?.tell(progress)
      }
    }
    return (outbox, writer)
  }

  private func runDescription(_ labels: [String: String]) -> RunDescription {
    var run = RunDescription(
      source: "",
      processID: Int64(ProcessEnvironment.processID),
      programVersion: programVersion
    )
    run.labels = labels
    run.host = options.surroundings.host
    run.user = options.surroundings.user
    return run
  }

  /// Closes the run, and tells what went wrong.
  mutating func finish(
    _ input: Input,
    _ progress: BatchWriter.Progress,
    _ statistics: RunStatistics,
    _ failure: (any Error)?
  ) throws {
    report.add(progress, statistics)
    report.inputs += 1
    report.elapsed = .now - began
    let failure = progress.failure.map { IngestFailure($0, statistics, store.path) } ?? failure
    let ending: RunEnding =
      failure != nil ? .failed : report.stoppedBy != nil ? .stopped : .finished
    do throws(StoreError) {
      let runs = Array(progress.runs.values)
      try store.endRuns(runs, statistics, ending, error: failure.map { "\($0)" })
    } catch {
      // A failure that came first is the one to tell.
      if failure == nil { throw error }
    }
    if let failure { throw failure }
  }

  // MARK: Reading

  private mutating func read(
    _ source: consuming InputSource,
    _ input: Input,
    _ outbox: BatchOutbox,
    _ writer: BatchWriter,
    _ delivery: inout Delivery
  ) throws {
    // A file can wait, for agents and for those who hold the lock; a pipe cannot.
    if !input.isPipe { ThreadPriority.yield() }
    var reader = try InputReader(source, input, options, waker)
    var intake = LineIntake(
      options,
      SpillHeader(input, options),
      outbox,
      checkpoint: input.checkpoint
    )
    try input.file?.prepare(&intake, store)
    if input.isPipe { intake.remember((try? store.newestOpenCalls()) ?? []) }
    intake.receivedAt = store.now()
    intake.adopt((try? store.abandonedOpenCalls()) ?? [])
    let spills = spills(input)
    intake.receivedAt = store.now()
    input.notes.opening.forEach { intake.note($0) }
    while !reader.isOver, spills || !outbox.isDead {
      if let request = signals.request, reader.isOver(after: request) {
        report.stoppedBy = request.first
        break
      }
      let limit = delivery.isSpilling ? Self.spillInterval : nil
      try reader.advance(&intake, now: store.now, atMost: limit)
      if spills { try handOver(&intake, outbox, writer, &delivery) }
    }
    if input.isPipe { reader.end(&intake) }
    if reader.isAtEnd || input.isPipe { intake.finish() } else { intake.flush() }
    if spills { try handOver(&intake, outbox, writer, &delivery) }
    report.redactions += Int64(intake.redactionCount)
    intake.receivedAt = store.now()
    input.notes.closing().forEach { intake.note($0) }
    intake.flush()
    if spills { try settle(&intake, outbox, writer, &delivery) }
    if let failure = reader.failure { throw failure }
  }
}
