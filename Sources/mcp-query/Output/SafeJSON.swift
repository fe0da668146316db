internal import MCPCommandLine
internal import MCPEvents

/// JSON text for a terminal.
enum SafeJSON {
  /// The same JSON with the characters that a terminal obeys as `\u` escapes.
  ///
  /// JSON itself escapes those below U+0020; these are the others, which only stand in strings.
  static func escaped(_ json: Span<UInt8>) -> String {
    let text = String(decoding: Array(copying: json), as: UTF8.self)
    guard text.unicodeScalars.contains(where: TerminalText.isDangerous) else { return text }
    var output = ""
    for scalar in text.unicodeScalars {
      if TerminalText.isDangerous(scalar), scalar != "\n" {
        let digits = String(scalar.value, radix: 16)
        output += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      } else {
        output.unicodeScalars.append(scalar)
      }
    }
    return output
  }
}
