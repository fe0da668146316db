internal import MCPSystem

/// Shows an intake the lines of a file that are stored already.
struct LinePrimer: LineConsumer {
  typealias Failure = Never

  private(set) var intake: LineIntake
  private(set) var isDone = false
  private let end: Int64

  /// Creates a primer for the lines that begin before `end`.
  init(_ intake: LineIntake, end: Int64) {
    self.intake = intake
    self.end = end
  }

  mutating func take(_ line: Span<UInt8>, at position: LinePosition) {
    isDone = position.offset >= end
    if !isDone { intake.prime(line, at: position) }
  }

  mutating func takePart(_ part: Span<UInt8>, ofLineAt start: LineStart) {}

  mutating func endParts(at position: LinePosition) {}
}
