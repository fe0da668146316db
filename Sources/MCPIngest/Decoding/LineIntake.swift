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
  private let policy: BatchPolicy
  private let outbox: BatchOutbox
  private let checkpoint: FileCheckpoint?
  private let maximumLineLength: Int
  private var oversized: OversizedLine?
  private var lineCount = 0

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
    policy = BatchPolicy(maximumLines: options.batchSize, maximumAge: options.flushInterval)
    maximumLineLength = options.maximumLineLength
    self.outbox = outbox
    self.checkpoint = checkpoint
    batch = outbox.emptyBatch()
  }

  /// Whether there is anything to hand over.
  var hasPending: Bool { lineCount > 0 }

  /// Hands over what there is, unless it is refused.
  mutating func flush() {
    guard hasPending else { return }
    batch.receivedAt = receivedAt
    isHeldUp = isDiverted || !outbox.send(&batch, checkpoint?.covering(batch))
    if !isHeldUp { lineCount = 0 }
  }

  /// Takes out what could not be handed over.
  mutating func takeBatch() -> RecordBatch {
    defer {
      batch = outbox.emptyBatch()
      lineCount = 0
      isHeldUp = false
    }
    batch.receivedAt = receivedAt
    return batch
  }

  // MARK: Lines

  /// Takes a line of the line protocol that was not read but made here: it is line 0.
  mutating func note(_ text: String) {
    let place = MCPSystem.LinePosition(number: 0, offset: 0, length: 0, isTerminated: true)
    take(Array(text.utf8).span, at: place)
  }

  mutating func take(_ line: Span<UInt8>, at position: MCPSystem.LinePosition) {
    let place = MCPEvents.LinePosition(position)
    if line.isBlank {
      batch.counts.blank += 1
    } else {
      do throws(LineRejection) {
        try decode(line, at: place)
      } catch {
        reject(error.asCut(position), Array(copying: line), at: place)
      }
    }
    didTake(place, isUnfinished: !position.isTerminated)
  }

  private mutating func decode(
    _ line: Span<UInt8>,
    at position: MCPEvents.LinePosition
  ) throws(LineRejection) {
    let result = try decoder.decode(
      line,
      at: position,
      receivedAt: receivedAt,
      into: &batch.events
    )
    switch result {
    case .event: break
    case .patch(let patch): batch.append(.upsert(patch))
    case .ignored: batch.counts.ignored += 1
    case .foreign:
      throw LineRejection(
        .unknownFormat,
        "the line is of no known format: an event has 'instance_id' and 'tool_name'"
      )
    }
  }

  private mutating func reject(
    _ reason: LineRejection,
    _ bytes: [UInt8],
    at position: MCPEvents.LinePosition,
    digest: [UInt8]? = nil
  ) {
    batch.rejected.append(
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
    takeOversized(beginning, line.digest(), at: MCPEvents.LinePosition(position))
  }

  /// Rejects a line that is too long.
  mutating func takeOversized(
    _ beginning: [UInt8],
    _ digest: [UInt8],
    at position: MCPEvents.LinePosition
  ) {
    let reason = LineRejection(
      .tooLong,
      "the line has \(position.length) bytes, more than the \(maximumLineLength) of "
        + "--max-line-bytes"
    )
    reject(reason, beginning, at: position, digest: digest)
    didTake(position, isUnfinished: false)
  }

  /// Counts lines that hold no record.
  mutating func takeCounted(blank: Int64, ignored: Int64) {
    batch.counts.blank += blank
    batch.counts.ignored += ignored
    lineCount += 1
    if let coverage { batch.coveredBytes = coverage }
  }

  private mutating func didTake(_ position: MCPEvents.LinePosition, isUnfinished: Bool) {
    lineCount += 1
    batch.coveredLines = coverage == nil ? position.number : 0
    batch.coveredBytes = coverage ?? position.offset + position.length
    batch.endsUnfinished = isUnfinished
    let bytes = batch.events.bytes.count
    // A batch that was refused grows no further by itself: its owner takes it out.
    guard !isHeldUp else { return }
    if policy.isFull(lines: lineCount, bytes: bytes, isWriterBusy: outbox.isBusy) { flush() }
  }
}

extension FileCheckpoint {
  /// The checkpoint after a batch.
  fileprivate func covering(_ batch: RecordBatch) -> Self {
    var checkpoint = self
    checkpoint.coveredBytes = batch.coveredBytes
    checkpoint.coveredLines = batch.coveredLines
    checkpoint.unfinishedBytes = 0
    // A last line that was cut is read again from its beginning, once there is more of it.
    if batch.endsUnfinished, let cut = batch.rejected.last, cut.reason.code == .truncated {
      checkpoint.coveredBytes = cut.position.offset
      checkpoint.coveredLines = cut.position.number - 1
      checkpoint.unfinishedBytes = cut.position.length
    }
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

extension Span<UInt8> {
  /// Whether there is nothing but white space.
  fileprivate var isBlank: Bool {
    for index in indices where self[index] != 0x20 && self[index] != 0x09 && self[index] != 0x0D {
      return false
    }
    return true
  }
}
