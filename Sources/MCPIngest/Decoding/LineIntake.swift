internal import MCPEvents
internal import MCPSystem

/// Turns lines into batches and hands over those that are full.
struct LineIntake: LineConsumer {
  typealias Failure = Never

  /// When the lines that come next were read.
  var receivedAt = UnixTime(milliseconds: 0)

  /// The lines since the last batch was handed over.
  private(set) var batch: RecordBatch

  private var decoder: LineDecoder
  private let policy: BatchPolicy
  private let outbox: BatchOutbox
  private let maximumLineLength: Int
  private var oversized: OversizedLine?
  private var lineCount = 0

  init(
    decoder: LineDecoder,
    policy: BatchPolicy,
    maximumLineLength: Int,
    outbox: BatchOutbox
  ) {
    self.decoder = decoder
    self.policy = policy
    self.maximumLineLength = maximumLineLength
    self.outbox = outbox
    batch = outbox.emptyBatch()
  }

  /// Whether there is anything to hand over.
  var hasPending: Bool { lineCount > 0 }

  /// Hands over what there is.
  mutating func flush() {
    guard hasPending else { return }
    outbox.send(batch)
    batch = outbox.emptyBatch()
    lineCount = 0
  }

  // MARK: Lines

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
    didTake(position)
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
    let reason = LineRejection(
      .tooLong,
      "the line has \(position.length) bytes, more than the \(maximumLineLength) of "
        + "--max-line-bytes"
    )
    let beginning = line.beginning
    reject(reason, beginning, at: MCPEvents.LinePosition(position), digest: line.digest())
    didTake(position)
  }

  private mutating func didTake(_ position: MCPSystem.LinePosition) {
    lineCount += 1
    batch.coveredLines = position.number
    batch.coveredBytes = position.end
    batch.endsUnfinished = !position.isTerminated
    let bytes = batch.events.bytes.count
    if policy.isFull(lines: lineCount, bytes: bytes, isWriterBusy: outbox.isBusy) { flush() }
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
