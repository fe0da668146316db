internal import MCPEvents
internal import MCPSystem

/// Bytes on their way to standard output, written in large pieces.
struct OutputBuffer: ~Copyable {
  private var bytes: [UInt8] = []
  private let isTerminal = BorrowedDescriptor.standardOutput.isTerminal

  private static let size = 64 * 1024

  /// Adds text that is harmless for a terminal.
  mutating func append(_ text: String) throws(SystemError) {
    bytes.append(contentsOf: text.utf8)
    try flushIfFull()
  }

  /// Adds JSON; on a terminal, characters that it would obey become escapes.
  mutating func append(json: Span<UInt8>) throws(SystemError) {
    if isTerminal {
      bytes.append(contentsOf: SafeJSON.escaped(json).utf8)
    } else {
      bytes.append(copying: json)
    }
    try flushIfFull()
  }

  /// Adds bytes as they are.
  mutating func append(raw: [UInt8]) throws(SystemError) {
    bytes.append(contentsOf: raw)
    try flushIfFull()
  }

  private mutating func flushIfFull() throws(SystemError) {
    if bytes.count >= Self.size { try flush() }
  }

  /// Writes what is there.
  mutating func flush() throws(SystemError) {
    guard !bytes.isEmpty else { return }
    try BorrowedDescriptor.standardOutput.write(all: bytes.span)
    bytes.removeAll(keepingCapacity: bytes.capacity <= Self.keptCapacity)
  }

  private static let keptCapacity = 1 << 20
}
