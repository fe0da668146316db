/// Text of unknown origin, made harmless for a terminal.
package enum TerminalText {
  /// `text` with control characters, and those that change the direction of writing, as escapes.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - keepingLines: Whether line feeds stay.
  /// - Returns: Text that moves no cursor and changes no colour.
  package static func escaped(_ text: String, keepingLines: Bool = false) -> String {
    guard text.unicodeScalars.contains(where: isDangerous) else { return text }
    var output = ""
    for scalar in text.unicodeScalars {
      if isDangerous(scalar), !(keepingLines && scalar == "\n") {
        output += escape(scalar)
      } else {
        output.unicodeScalars.append(scalar)
      }
    }
    return output
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    default: "\\u{" + String(scalar.value, radix: 16) + "}"
    }
  }

  /// Whether a terminal would obey a character instead of showing it.
  package static func isDangerous(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF:
      true
    default: false
    }
  }
}
