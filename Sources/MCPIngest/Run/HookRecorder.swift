internal import Crypto
internal import MCPAdapters
internal import MCPEvents
internal import MCPStore
internal import MCPSystem

/// Records one payload of an agent's hook, quickly and whatever happens.
///
/// An agent waits for its hooks, so nothing here waits for long: a database that is locked, missing
/// or to be migrated is left alone, and the payload goes into a spill file, for the next writer.
package struct HookRecorder {
  /// The source of the run that all hooks of a machine share.
  package static let source = AgentStore.hookSource

  /// How long the write lock is waited for.
  private static let patience = Duration.milliseconds(10)
  /// How large the log may grow, in bytes.
  private static let maximumLogSize: Int64 = 1 << 20

  private let database: String
  private let instance: String?
  private let programVersion: String

  /// Prepares to record.
  ///
  /// - Parameters:
  ///   - database: The file of the database.
  ///   - instance: The instance that the session is, where somebody named it.
  ///   - programVersion: Noted in the run.
  package init(database: String, instance: String?, programVersion: String) {
    self.database = database
    self.instance = instance
    self.programVersion = programVersion
  }

  /// Records a payload, or leaves it in a file; failures go into a log beside the database.
  ///
  /// - Parameter payload: What the agent wrote.
  package func record(_ payload: HookPayload) {
    // Line breaks in JSON are white space; what is kept is one line.
    let text = payload.bytes.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 }
    guard text.contains(where: { $0 != 0x20 && $0 != 0x09 }) else { return }
    var redaction = LineRedaction(nil)
    let line = Line(bytes: redaction.redact(text.span) ?? text, payload)
    do {
      try store(line)
    } catch {
      log("\(error)")
      spill(line)
    }
  }

  /// A payload as one line without secrets.
  private struct Line {
    let bytes: [UInt8]
    let position: MCPEvents.LinePosition
    /// The SHA-256 of a payload that is too long to be parsed.
    let digest: [UInt8]?

    init(bytes: [UInt8], _ payload: HookPayload) {
      self.bytes = bytes
      position = MCPEvents.LinePosition(number: 1, offset: 0, length: payload.length)
      digest = payload.digest
    }

    func rejected(_ reason: LineRejection) -> RejectedLine {
      RejectedLine(position: position, reason: reason, bytes: bytes, digest: digest)
    }
  }

  // MARK: Storing

  private func store(_ line: Line) throws {
    var options = WriterOptions()
    options.busyTimeout = Self.patience
    options.migratesAutomatically = false
    guard try FileStatus.of(database) != nil else {
      throw StoreError(.connectionFailed, .notFound, "there is no database at \(database) yet")
    }
    let store = try AgentStore(path: database, options: options)
    var context = RunContext()
    context.surroundings = .current()
    context.runID = try store.sharedRun(run(context.surroundings))
    var batch = RecordBatch()
    if line.digest == nil {
      try decode(line, into: &batch, store)
    } else {
      batch.reject(line.rejected(.tooLong(line.position, HookPayload.maximumLength)))
    }
    let seal = store.seal(&batch)
    _ = try store.append(batch, seal, in: context)
    takeBack(store, context.surroundings)
    try store.closeBriefly()
  }

  /// Stores what other hooks had to leave in files: where there are only hooks, nobody else does.
  private func takeBack(_ store: AgentStore, _ surroundings: Surroundings) {
    guard !SpillFolder(database: database).files.isEmpty else { return }
    var options = IngestOptions()
    options.surroundings = surroundings
    do {
      var ingester = try Ingester(
        store: store,
        options: options,
        programVersion: programVersion,
        signalHandling: .caller
      )
      try ingester.ingestSpillOfHooks()
    } catch {
      log("\(error)")
    }
  }

  private func decode(
    _ line: Line,
    into batch: inout RecordBatch,
    _ store: AgentStore
  ) throws(StoreError) {
    var options = RecorderOptions { TreeHash(sha256: $0).bytes }
    options.instance = instance
    let session = StreamRecorder.session(ofHook: line.bytes.span)
    let open = try session.map { (name) throws(StoreError) in try store.openCalls(ofSession: name) }
    var recorder = StreamRecorder(options: options, openCalls: open ?? [])
    let time = store.now()
    let arrival = Arrival(time: time, microseconds: SystemClock.monotonicMicroseconds)
    do throws(LineRejection) {
      let kind = try recorder.consume(
        line.bytes.span,
        at: line.position,
        arrival: arrival,
        streamDigest: { Self.digest(line.bytes, time) },
        into: &batch
      )
      if kind == .ignored { batch.counts.ignored += 1 }
    } catch {
      batch.reject(line.rejected(error))
    }
  }

  /// Two equal payloads at different times are two.
  private static func digest(_ line: [UInt8], _ time: UnixTime) -> String {
    let bytes = line + Array("\(time.milliseconds)".utf8)
    return Hexadecimal.text(Array(SHA256.hash(data: bytes).prefix(8)))
  }

  private func run(_ surroundings: Surroundings) -> RunDescription {
    var run = RunDescription(
      source: Self.source,
      processID: Int64(ProcessEnvironment.processID),
      programVersion: programVersion
    )
    run.host = surroundings.host
    run.user = surroundings.user
    return run
  }

  // MARK: Failing

  private func spill(_ line: Line) {
    var header = SpillHeader(source: Self.source)
    header.instance = instance
    var delivery = Delivery(SpillFolder(database: database), header)
    var batch = RecordBatch()
    batch.receivedAt = .now()
    batch.reject(line.rejected(LineRejection(.unknownFormat, "not stored yet")))
    delivery.spill(batch)
    if let failure = delivery.failure { log("a payload is lost: \(failure)") }
  }

  /// Adds a line to the log, which begins anew when it has grown too large.
  private func log(_ message: String) {
    let path = database + "-hook.log"
    let line = Array("\(UnixTime.now()) \(message)\n".utf8)
    let size = (try? FileStatus.of(path)?.size) ?? 0
    if size + Int64(line.count) > Self.maximumLogSize { try? FileSystem.remove(path) }
    guard let file = try? FileDescriptor.open(path, for: .appending) else { return }
    try? file.write(all: line.span)
  }
}
