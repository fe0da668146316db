/// Makes foreign words fit for the columns of ids and names.
enum Identifier {
  private static let limit = 1024
  private static let partLimit = 256

  /// `text` as an id or a name: 1 to 1024 bytes without U+0000; `nil` when it is empty.
  static func clamped(_ text: String?) -> String? {
    guard let text, !text.isEmpty else { return nil }
    return clamp(text, to: limit)
  }

  /// `text` as a part of a uid.
  static func short(_ text: String) -> String {
    text.isEmpty ? "-" : clamp(text, to: partLimit)
  }

  /// Different texts stay different: what is cut off is told apart by its hash.
  private static func clamp(_ text: String, to limit: Int) -> String {
    let text = text.utf8.contains(0) ? String(text.map { $0 == "\0" ? "\u{2400}" : $0 }) : text
    guard text.utf8.count > limit else { return text }
    return text.prefix(utf8: limit - 24) + "~" + String(Fingerprint(of: text.utf8).value, radix: 16)
  }
}

/// A 64-bit FNV-1a hash: the same in every process, and no protection against forgery.
struct Fingerprint: Hashable, Sendable {
  private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  init(of bytes: some Sequence<UInt8>) {
    add(bytes)
  }

  mutating func add(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
  }
}

extension UInt8 {
  /// Whether the byte is an ASCII letter or digit.
  var isLetterOrDigit: Bool {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"):
      true
    default: false
    }
  }
}

extension String {
  /// The longest beginning of at most `count` bytes that ends between two characters' code points.
  func prefix(utf8 count: Int) -> String {
    guard utf8.count > count else { return self }
    var end = utf8.index(utf8.startIndex, offsetBy: count)
    while end > startIndex, UTF8.isContinuation(utf8[end]) { end = utf8.index(before: end) }
    return String(self[..<end])
  }
}
