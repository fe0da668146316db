internal import MCPEvents
internal import MCPSystem

/// Takes the lines of a spill file apart and hands what they are to an intake.
struct SpillReader: LineConsumer {
  typealias Failure = Never

  /// Where the lines go.
  var intake: LineIntake
  /// Whether there was something that no recorder wrote.
  private(set) var isDamaged = false

  private var frame: SpillFrame?
  private var isAtStart: Bool

  /// Creates a reader.
  ///
  /// - Parameters:
  ///   - intake: Where the lines go.
  ///   - isAtStart: Whether the file's header comes first.
  init(_ intake: LineIntake, isAtStart: Bool) {
    self.intake = intake
    self.isAtStart = isAtStart
  }

  mutating func take(_ line: Span<UInt8>, at position: MCPSystem.LinePosition) {
    // A torn end was never acknowledged by the disk, and its lines never counted as kept.
    guard position.isTerminated else { return }
    if isAtStart {
      isAtStart = false
    } else if let frame {
      self.frame = nil
      intake.take(line, of: frame, coveredUpTo: position.end)
    } else {
      frame = SpillFrame(line)
      isDamaged = isDamaged || frame == nil
    }
  }

  mutating func takePart(_ part: Span<UInt8>, ofLineAt start: LineStart) {}

  mutating func endParts(at position: MCPSystem.LinePosition) {
    isDamaged = true
  }
}

extension LineIntake {
  /// Takes what a spill file says of one line, or of several.
  fileprivate mutating func take(
    _ bytes: Span<UInt8>,
    of frame: SpillFrame,
    coveredUpTo end: Int64
  ) {
    coverage = end
    switch frame {
    case .line(let received, let place, let isUnfinished):
      receivedAt = received
      let position = MCPSystem.LinePosition(
        number: place.number,
        offset: place.offset,
        length: place.length,
        isTerminated: !isUnfinished
      )
      take(bytes, at: position)
    case .oversized(let received, let place, let digest):
      receivedAt = received
      takeOversized(Array(copying: bytes), Hexadecimal.bytes(digest) ?? [], at: place)
    case .counted(let blank, let ignored):
      takeCounted(blank: blank, ignored: ignored)
    }
  }
}
