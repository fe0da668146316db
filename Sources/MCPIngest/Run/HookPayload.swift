package import MCPSystem

/// What an agent gives a hook command: one JSON object on standard input.
package struct HookPayload: Sendable {
  /// How long a payload that is parsed may be, in bytes: as long as any line.
  static let maximumLength = LineBuffer.defaultMaximumLineLength

  /// The payload; of one that is too long its beginning.
  let bytes: [UInt8]
  /// How many bytes there were.
  let length: Int64
  /// The SHA-256 of a payload that is too long.
  let digest: [UInt8]?

  /// Reads a payload to its end, also what is not kept of it: an agent may take it badly if nobody
  /// reads what it writes.
  ///
  /// - Parameter input: Where the agent writes; what cannot be read ends the payload.
  package init(from input: BorrowedDescriptor) {
    var line = OversizedLine()
    var length: Int64 = 0
    var whole: [UInt8] = []
    while true {
      let part = Self.part(of: input)
      if part.isEmpty { break }
      length += Int64(part.count)
      if length <= Self.maximumLength {
        whole += part
      } else {
        line.append(whole.span)
        line.append(part.span)
        whole = []
      }
    }
    self.length = length
    let isTooLong = length > Self.maximumLength
    bytes = isTooLong ? line.beginning : whole
    digest = isTooLong ? line.digest() : nil
  }

  private static func part(of input: BorrowedDescriptor) -> [UInt8] {
    [UInt8](capacity: LineBuffer.defaultReadSize) { try? input.read(into: &$0) }
  }
}
