internal import MCPEvents

/// Makes text from terminals readable and short.
enum PlainText {
  /// How long an error message may be, in bytes.
  static let messageLimit = 4096
  /// How much of a text is looked at to make a message of it.
  private static let workLimit = 64 * 1024

  /// `text` without terminal sequences and white space around it, cut; `nil` when nothing is left.
  static func message(_ text: String?) -> String? {
    guard let text else { return nil }
    let unseen = max(0, text.utf8.count - workLimit)
    let clean = trimmed(stripped(text.prefix(utf8: workLimit)))
    guard !clean.isEmpty else { return nil }
    return cut(clean, to: messageLimit, further: unseen)
  }

  /// The beginning of `text`, with a note of how much follows.
  static func cut(_ text: String, to limit: Int, further: Int = 0) -> String {
    guard text.utf8.count > limit || further > 0 else { return text }
    let head = text.prefix(utf8: limit)
    return "\(head)… [+\(text.utf8.count - head.utf8.count + further) bytes]"
  }

  /// The end of `text`, with a note of how much came before.
  static func tail(_ text: String, to limit: Int) -> String {
    guard text.utf8.count > limit else { return text }
    var start = text.utf8.index(text.utf8.endIndex, offsetBy: -limit)
    while start < text.endIndex, UTF8.isContinuation(text.utf8[start]) {
      start = text.utf8.index(after: start)
    }
    return
      "[+\(text.utf8.distance(from: text.utf8.startIndex, to: start)) bytes] …\(text[start...])"
  }

  /// `text` without white space around it.
  static func trimmed(_ text: String) -> String {
    let bytes = text.utf8
    guard let first = bytes.firstIndex(where: { !$0.isSpace }),
      let last = bytes.lastIndex(where: { !$0.isSpace })
    else { return "" }
    return String(text[first...last])
  }

  /// `text` without the sequences that colour a terminal (ECMA-48 CSI and OSC).
  static func stripped(_ text: String) -> String {
    guard text.utf8.contains(0x1B) else { return text }
    let bytes = Array(text.utf8)
    var output: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if let end = bytes.span.endOfTerminalSequence(from: index) {
        index = end
      } else {
        output.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: output, as: UTF8.self)
  }
}

extension UInt8 {
  /// Whether the byte is white space or another control character.
  var isSpace: Bool { self <= 0x20 || self == 0x7F }
}

extension Span<UInt8> {
  /// The index after the CSI or OSC sequence at `start`; `nil` when there is none.
  func endOfTerminalSequence(from start: Int) -> Int? {
    guard start + 1 < count, self[start] == 0x1B else { return nil }
    switch self[start + 1] {
    case UInt8(ascii: "["): return endOfControlSequence(from: start + 2)
    case UInt8(ascii: "]"): return endOfOperatingSystemCommand(from: start + 2)
    default: return nil
    }
  }

  /// Parameter and intermediate bytes, then one final byte.
  private func endOfControlSequence(from start: Int) -> Int? {
    var index = start
    while index < count, (0x20...0x3F).contains(self[index]) { index += 1 }
    guard index < count, (0x40...0x7E).contains(self[index]) else { return nil }
    return index + 1
  }

  private func endOfOperatingSystemCommand(from start: Int) -> Int? {
    var index = start
    while index < count, self[index] >= 0x20 { index += 1 }
    guard index < count else { return nil }
    if self[index] == 0x07 { return index + 1 }
    let isTerminated =
      self[index] == 0x1B && index + 1 < count && self[index + 1] == UInt8(ascii: "\\")
    return isTerminated ? index + 2 : nil
  }
}
