import MCPSystem

/// A line as it was delivered.
struct RecordedLine: Hashable, CustomStringConvertible {
  var bytes: [UInt8]
  var position: LinePosition
  var isInParts = false

  var text: String { String(decoding: bytes, as: UTF8.self) }

  var description: String {
    let end = position.isTerminated ? "" : " unterminated"
    let parts = isInParts ? " in parts" : ""
    return "\(position.number)@\(position.offset)+\(position.length) '\(text)'\(end)\(parts)"
  }
}

/// A consumer that remembers all lines, and fails once if it is told to.
struct LineRecorder: LineConsumer {
  struct Failure: Error, Hashable {}

  private(set) var lines: [RecordedLine] = []
  private(set) var longestPart = 0
  private var parts: [UInt8] = []
  private var callsBeforeFailure: Int?

  init(failingAtCall failing: Int? = nil) {
    callsBeforeFailure = failing
  }

  mutating func take(_ line: Span<UInt8>, at position: LinePosition) throws(Failure) {
    try failIfDue()
    lines.append(RecordedLine(bytes: line.bytesCopied, position: position))
  }

  mutating func takePart(_ part: Span<UInt8>, ofLineAt start: LineStart) throws(Failure) {
    try failIfDue()
    parts += part.bytesCopied
    longestPart = max(longestPart, part.count)
  }

  mutating func endParts(at position: LinePosition) throws(Failure) {
    try failIfDue()
    lines.append(RecordedLine(bytes: parts, position: position, isInParts: true))
    parts = []
  }

  private mutating func failIfDue() throws(Failure) {
    defer { callsBeforeFailure = callsBeforeFailure.map { $0 - 1 } }
    if callsBeforeFailure == 0 { throw Failure() }
  }
}

extension Span<UInt8> {
  // The pointer is read during the call only.
  var bytesCopied: [UInt8] { unsafe withUnsafeBufferPointer { unsafe Array($0) } }
}
