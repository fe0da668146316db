/// How much room text takes on a terminal.
enum DisplayWidth {
  /// The number of columns of `text`, roughly: emoji and East Asian characters take two.
  static func of(_ text: String) -> Int {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
    return text.reduce(0) { $0 + of($1) }
  }

  /// The number of columns of a character.
  static func of(_ character: Character) -> Int {
    guard let first = character.unicodeScalars.first else { return 0 }
    if first.value < 0x300 { return 1 }
    if character.unicodeScalars.contains("\u{FE0F}") || isWide(first.value) { return 2 }
    switch first.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: return 1
    }
  }

  /// The blocks that Unicode's East Asian Width calls wide (UAX #11), and emoji.
  private static func isWide(_ value: UInt32) -> Bool {
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
      0xA000...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF,
      0x20000...0x3FFFD:
      true
    default: false
    }
  }

  /// `text`, cut to `width` columns with an ellipsis, and filled up with spaces.
  static func fit(_ text: String, to width: Int, isPadded: Bool) -> String {
    let own = of(text)
    if own <= width { return isPadded ? text + String(repeating: " ", count: width - own) : text }
    var output = ""
    var used = 0
    for character in text {
      let next = of(character)
      guard used + next < width else { break }
      output.append(character)
      used += next
    }
    output += "…"
    return isPadded ? output + String(repeating: " ", count: width - used - 1) : output
  }
}
