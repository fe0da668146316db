internal import MCPEvents

/// What becomes of lines that programs print between those of agents.
package enum NoisePolicy: String, CaseIterable, Hashable, Sendable {
  /// They are kept among the rejected ones. The default.
  case reject
  /// They are counted as ignored, and not kept.
  case ignore
}

extension LineRejection {
  /// Whether the line is nothing but noise: no JSON object, and not the remains of one either.
  ///
  /// What begins like an object may be a damaged record, so it is never noise.
  func isNoise(_ line: Span<UInt8>) -> Bool {
    guard [.notJSON, .notAnObject, .invalidUTF8, .loneSurrogate, .truncated].contains(code)
    else { return false }
    let objectStart = UInt8(ascii: "{")
    return firstVisibleByte(of: line) != objectStart
  }

  /// The first byte that is no white space, nor part of a terminal's colours or of a byte order
  /// mark.
  private func firstVisibleByte(of line: Span<UInt8>) -> UInt8? {
    var index = 0
    while index < line.count {
      let byte = line[index]
      if byte == 0x1B, index + 1 < line.count, line[index + 1] == UInt8(ascii: "[") {
        index += 2
        while index < line.count, !(0x40...0x7E).contains(line[index]) { index += 1 }
      } else if byte > 0x20, ![0xEF, 0xBB, 0xBF].contains(byte) {
        return byte
      }
      index += 1
    }
    return nil
  }
}
