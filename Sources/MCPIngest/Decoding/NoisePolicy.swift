internal import MCPAdapters
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
    return line.firstVisibleByte != UInt8(ascii: "{")
  }
}
