internal import Crypto
internal import MCPAdapters
internal import MCPEvents
internal import MCPStore
internal import MCPSystem

/// Turns lines into batches and hands over those that are full.
struct LineIntake: LineConsumer {
  typealias Failure = Never

  /// When the lines that come next were read.
  var receivedAt = UnixTime(milliseconds: 0)
  /// What the next line covers, where that is not its own end: the end of its frame in a file.
  var coverage: Int64?
  /// Whether batches are to be taken out, because those before them are not stored yet.
  var isDiverted = false
  /// Whether a batch was refused, because the database cannot be written for now.
  private(set) var isHeldUp = false
  /// The lines since the last batch was handed over.
  private(set) var batch: RecordBatch

  private var decoder: LineDecoder
  private var agents: AgentLines
  private var redaction: LineRedaction
  private let policy: BatchPolicy
  private let outbox: BatchOutbox
  private var checkpoint: FileCheckpoint?
  private var tail = LineTail()
  private let source: String
  private let namesByContent: Bool
  private let noise: NoisePolicy
  private let maximumLineLength: Int
  private var oversized: OversizedLine?
  /// What all lines so far cover, handed over or not.
  private var coveredBytes: Int64
  private var coveredLines: Int64
  /// A last line that was cut by the end of the input.
  private var cut: MCPEvents.LinePosition?
  private var lineCount = 0
  /// Whether a line was taken whose end is known.
  private var hasTail = false

  /// Creates an intake.
  ///
  /// - Parameters:
  ///   - options: How lines are recorded in general.
  ///   - header: How those of this source are.
  ///   - outbox: Where batches go.
  ///   - checkpoint: What is known of the file that the lines are from.
  init(
    _ options: IngestOptions,
    _ header: SpillHeader,
    _ outbox: BatchOutbox,
    checkpoint: FileCheckpoint?
  ) {
    decoder = LineDecoder(
      defaultInstance: header.instance,
      takesEveryLine: header.takesEveryLine
    )
    agents = AgentLines(options, header)
    redaction = LineRedaction(options.redaction)
    policy = BatchPolicy(maximumLines: options.batchSize, maximumAge: options.flushInterval)
    maximumLineLength = options.maximumLineLength
    self.outbox = outbox
    self.checkpoint = checkpoint
    source = header.source
    namesByContent = options.namesByContent
    noise = options.noise
    coveredBytes = checkpoint?.coveredBytes ?? 0
    coveredLines = checkpoint?.coveredLines ?? 0
    batch = outbox.emptyBatch()
  }

  /// Whether there is anything to hand over.
  var hasPending: Bool { lineCount > 0 }

  /// How many secrets were replaced.
  var redactionCount: Int { redaction.count }

  /// Hands over what there is, unless it is refused.
  mutating func flush() {
    guard hasPending else { return }
    complete()
    let next = checkpoint?.covering(batch, cut: cut)
    isHeldUp = isDiverted || !outbox.send(&batch, next, from: source)
    guard !isHeldUp else { return }
    lineCount = 0
    if let next { checkpoint = next.expectedNext }
  }

  /// Learns more of the beginning by which the file is known.
  mutating func identify(_ prefix: [UInt8]) {
    checkpoint = checkpoint?.known(by: prefix)
  }

  /// Whether the file that it is about begins like this.
  func isKnown(by prefix: [UInt8]) -> Bool {
    checkpoint?.prefixDigest == Array(SHA256.hash(data: prefix))
  }

  /// Learns what was read of the same input before: calls that are open, and its first lines.
  mutating func resume(_ openCalls: [OpenCall]) {
    agents.resume(openCalls)
  }

  /// Learns which calls others have seen begin: their results may come in this input.
  mutating func remember(_ openCalls: [OpenCall]) {
    agents.remember(openCalls)
  }

  /// Gives the calls of runs that were cut off an event that says so.
  mutating func adopt(_ openCalls: [OpenCall]) {
    guard !openCalls.isEmpty else { return }
    agents.adopt(openCalls, at: receivedAt, into: &batch)
    lineCount += 1
    flush()
  }

  /// Reads a line that is stored already, for what later ones refer to: as it was read then.
  mutating func prime(_ line: Span<UInt8>, at position: MCPSystem.LinePosition) {
    let place = MCPEvents.LinePosition(position)
    guard !line.isBlank, isForeign(line, at: place) else { return }
    // What was replaced then is not counted again.
    var redaction = redaction
    if let redacted = redaction.redact(line) {
      agents.prime(redacted.span, at: place)
    } else {
      agents.prime(line, at: place)
    }
  }

  private mutating func isForeign(_ line: Span<UInt8>, at position: MCPEvents.LinePosition) -> Bool
  {
    var unused = EventBatch()
    do throws(LineRejection) {
      let result = try decoder.decode(line, at: position, receivedAt: receivedAt, into: &unused)
      return if case .foreign = result { true } else { false }
    } catch {
      return error.isOfUnknownOrigin
    }
  }

  /// Ends the input: calls that are still open get an event that says so.
  mutating func finish() {
    agents.finish(at: receivedAt, into: &batch)
    if !batch.isEmpty { lineCount += 1 }
    flush()
  }

  /// Takes out what could not be handed over.
  mutating func takeBatch() -> RecordBatch {
    defer {
      batch = outbox.emptyBatch()
      lineCount = 0
      isHeldUp = false
    }
    complete()
    return batch
  }

  private mutating func complete() {
    batch.receivedAt = receivedAt
    (batch.coveredBytes, batch.coveredLines) = (coveredBytes, coveredLines)
    batch.endsUnfinished = cut != nil
    guard hasTail else { return }
    checkpoint?.tailLength = tail.length
    checkpoint?.tailDigest = tail.digest
  }

  // MARK: Lines

  /// Takes a line of the line protocol that was not read but made here: it is line 0.
  ///
  /// Nobody chose what is in it, so secrets are replaced as in agents' lines.
  mutating func note(_ text: String) {
    let place = MCPSystem.LinePosition(number: 0, offset: 0, length: 0, isTerminated: true)
    var bytes = Array(text.utf8)
    if let redacted = redaction.redact(bytes.span) { bytes = redacted }
    take(bytes.span, at: place)
  }

  mutating func take(_ line: Span<UInt8>, at position: MCPSystem.LinePosition) {
    let place = MCPEvents.LinePosition(position)
    if line.isBlank {
      batch.counts.blank += 1
    } else if redaction.coversEverything, let redacted = redaction.redact(line) {
      record(redacted.span, place, position)
    } else {
      record(line, place, position)
    }
    if cut == nil { noteEnd(line) }
    didTake(place)
  }

  private mutating func noteEnd(_ line: Span<UInt8>) {
    guard checkpoint != nil, coverage == nil else { return }
    tail.note(line)
    hasTail = true
  }

  private mutating func record(
    _ line: Span<UInt8>,
    _ place: MCPEvents.LinePosition,
    _ position: MCPSystem.LinePosition
  ) {
    do throws(LineRejection) {
      try decode(line, at: place)
    } catch {
      let reason = error.asCut(position)
      if noise == .ignore, reason.isNoise(line) {
        batch.counts.ignored += 1
      } else {
        let redacted = reason.isOfUnknownOrigin ? redaction.redact(line) : nil
        reject(reason, redacted ?? Array(copying: line), at: place)
      }
      // A last line that was cut is read again from its beginning, once there is more of it.
      if !position.isTerminated { cut = place }
    }
  }

  private mutating func decode(
    _ line: Span<UInt8>,
    at position: MCPEvents.LinePosition
  ) throws(LineRejection) {
    let result: LineDecoder.Result
    do throws(LineRejection) {
      result = try decoder.decode(
        line,
        at: position,
        receivedAt: receivedAt,
        into: &batch.events
      )
    } catch  where error.isOfUnknownOrigin {
      // Lines of agents are repaired, ours are not.
      guard (try? takeForeign(line, at: position)) != nil else { throw error }
      return
    }
    switch result {
    case .event: if namesByContent, decoder.statedTime { ContentName.give(&batch.events) }
    case .patch(let patch): batch.append(.upsert(patch))
    case .ignored: batch.counts.ignored += 1
    case .foreign: try takeForeign(line, at: position)
    }
  }

  private mutating func takeForeign(
    _ line: Span<UInt8>,
    at position: MCPEvents.LinePosition
  ) throws(LineRejection) {
    if let redacted = redaction.redact(line) {
      try agents.take(redacted.span, at: position, receivedAt, into: &batch)
    } else {
      try agents.take(line, at: position, receivedAt, into: &batch)
    }
  }

  private mutating func reject(
    _ reason: LineRejection,
    _ bytes: [UInt8],
    at position: MCPEvents.LinePosition,
    digest: [UInt8]? = nil
  ) {
    batch.reject(
      RejectedLine(position: position, reason: reason, bytes: bytes, digest: digest)
    )
  }

  mutating func takePart(_ part: Span<UInt8>, ofLineAt start: LineStart) {
    var line = oversized ?? OversizedLine()
    oversized = nil
    line.append(part)
    oversized = line
  }

  mutating func endParts(at position: MCPSystem.LinePosition) {
    let line = oversized ?? OversizedLine()
    oversized = nil
    let beginning = line.beginning
    if position.isTerminated {
      tail.forget()
      hasTail = checkpoint != nil
    } else {
      cut = MCPEvents.LinePosition(position)
    }
    takeOversized(beginning, line.digest(), at: MCPEvents.LinePosition(position))
  }

  /// Rejects a line that is too long.
  mutating func takeOversized(
    _ beginning: [UInt8],
    _ digest: [UInt8],
    at position: MCPEvents.LinePosition
  ) {
    reject(
      .tooLong(position, maximumLineLength),
      redaction.redact(beginning.span) ?? beginning,
      at: position,
      digest: digest
    )
    didTake(position)
  }

  /// Counts lines that hold no record.
  mutating func takeCounted(blank: Int64, ignored: Int64) {
    batch.counts.blank += blank
    batch.counts.ignored += ignored
    lineCount += 1
    if let coverage { coveredBytes = coverage }
  }

  private mutating func didTake(_ position: MCPEvents.LinePosition) {
    lineCount += 1
    if position.number > 0 || coverage != nil {
      coveredLines = coverage == nil ? position.number : 0
      coveredBytes = coverage ?? position.offset + position.length
    }
    // A batch that was refused grows no further by itself: its owner takes it out.
    guard !isHeldUp else { return }
    if policy.isFull(lines: lineCount, bytes: batch.size, isWriterBusy: outbox.isBusy) { flush() }
  }
}

extension FileCheckpoint {
  /// The checkpoint after a batch.
  fileprivate func covering(_ batch: RecordBatch, cut: MCPEvents.LinePosition?) -> Self {
    var checkpoint = self
    checkpoint.coveredBytes = batch.coveredBytes
    checkpoint.coveredLines = batch.coveredLines
    checkpoint.unfinishedBytes = 0
    checkpoint.agentOffset = batch.agentOffset ?? checkpoint.agentOffset
    if let cut {
      checkpoint.coveredBytes = cut.offset
      checkpoint.coveredLines = cut.number - 1
      checkpoint.unfinishedBytes = cut.length
    }
    return checkpoint
  }

  /// The checkpoint of a file of which more of the beginning is there than before.
  fileprivate func known(by prefix: [UInt8]) -> Self {
    guard prefix.count > prefixLength else { return self }
    var checkpoint = self
    if formerPrefixLength == nil, case .coveredBytes = expectation {
      (checkpoint.formerPrefixLength, checkpoint.formerPrefixDigest) = (prefixLength, prefixDigest)
    }
    checkpoint.prefixLength = prefix.count
    checkpoint.prefixDigest = Array(SHA256.hash(data: prefix))
    return checkpoint
  }

  /// The checkpoint from which the one after the next batch is made.
  fileprivate var expectedNext: Self {
    var checkpoint = self
    checkpoint.expectation = .coveredBytes(coveredBytes)
    (checkpoint.formerPrefixLength, checkpoint.formerPrefixDigest) = (nil, nil)
    return checkpoint
  }
}

extension MCPEvents.LinePosition {
  /// The same position in the words of the records.
  init(_ position: MCPSystem.LinePosition) {
    self.init(number: position.number, offset: position.offset, length: position.length)
  }
}

extension LineRejection {
  /// The reason, if the line was cut by the end of the input.
  fileprivate func asCut(_ position: MCPSystem.LinePosition) -> Self {
    guard code == .truncated, !position.isTerminated else { return self }
    return Self(.truncated, "the input ended inside the line")
  }
}

extension LineRejection {
  /// That a line is longer than may be.
  static func tooLong(_ position: MCPEvents.LinePosition, _ limit: Int) -> Self {
    Self(
      .tooLong,
      "the line has \(position.length) bytes, more than the \(limit) of --max-line-bytes"
    )
  }

  /// Whether nothing is known of who wrote the line.
  fileprivate var isOfUnknownOrigin: Bool {
    [.notJSON, .invalidUTF8, .loneSurrogate, .notAnObject, .truncated, .unknownFormat, .tooDeep]
      .contains(code)
  }
}

extension Span<UInt8> {
  /// Whether there is nothing but white space.
  fileprivate var isBlank: Bool {
    for index in indices where self[index] != 0x20 && self[index] != 0x09 && self[index] != 0x0D {
      return false
    }
    return true
  }
}
