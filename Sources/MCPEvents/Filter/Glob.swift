/// A pattern for whole texts: `*` is any text, `?` one character, `[abc]` one of several.
///
/// `[a-z]` is a range and `[!abc]` or `[^abc]` everything but; `\` before a character takes away
/// its meaning. A `[` without its `]` and a `\` at the end stand for themselves, so that every
/// pattern means something. Case matters, `/` is a character like any other, and characters are
/// Unicode scalars: a byte that is no UTF-8 counts as one of its own.
public struct Glob: Hashable, Sendable {
  enum Element: Hashable, Sendable {
    case byte(UInt8)
    case character(CharacterClass)
    case anyCharacter
    case anyText
  }

  /// The pattern as it was given.
  public let pattern: String

  let elements: [Element]

  /// Reads a pattern.
  ///
  /// - Parameter pattern: Any text.
  public init(_ pattern: String) {
    self.pattern = pattern
    var parser = GlobParser(pattern)
    elements = parser.elements()
  }

  /// The only text that matches, when the pattern has no wildcards.
  public var literal: String? {
    let bytes = leadingBytes
    return bytes.count == elements.count ? String(decoding: bytes, as: UTF8.self) : nil
  }

  /// The text that every match begins with, for finding a range of an index.
  public var literalPrefix: String { String(decoding: leadingBytes, as: UTF8.self) }

  private var leadingBytes: [UInt8] {
    var bytes: [UInt8] = []
    for case .byte(let byte) in elements.prefix(while: \.isByte) { bytes.append(byte) }
    return bytes
  }

  /// Returns whether the whole of a text matches.
  ///
  /// - Parameter text: The text.
  /// - Returns: Whether it matches.
  public func matches(_ text: String) -> Bool { matches(text.utf8.span) }

  /// Returns whether the whole of a text matches.
  ///
  /// Takes at most time in proportion to the product of both lengths.
  ///
  /// - Parameter text: The bytes of the text.
  /// - Returns: Whether it matches.
  public func matches(_ text: Span<UInt8>) -> Bool {
    var (index, element) = (0, 0)
    // Where to go on when the text after the last `*` does not fit: that `*` takes one more.
    var (retryIndex, retryElement) = (0, -1)
    while index < text.count || element < elements.count {
      if element < elements.count, elements[element] == .anyText {
        (retryIndex, retryElement) = (index, element)
        element += 1
      } else if element < elements.count,
        let length = text.length(matching: elements[element], at: index)
      {
        index += length
        element += 1
      } else if retryElement >= 0, retryIndex < text.count {
        retryIndex += text.scalar(at: retryIndex).length
        (index, element) = (retryIndex, retryElement + 1)
      } else {
        return false
      }
    }
    return true
  }
}

extension Glob.Element {
  fileprivate var isByte: Bool {
    switch self {
    case .byte: true
    case .character, .anyCharacter, .anyText: false
    }
  }
}

extension Span<UInt8> {
  /// The number of bytes at `index` that one element takes; `nil` when it does not match there.
  @inline(__always)
  fileprivate func length(matching element: Glob.Element, at index: Int) -> Int? {
    guard index < count else { return nil }
    switch element {
    case .byte(let byte): return self[index] == byte ? 1 : nil
    case .anyCharacter: return scalar(at: index).length
    case .character(let members):
      let (value, length) = scalar(at: index)
      return members.contains(value) ? length : nil
    case .anyText: return nil
    }
  }

  /// The Unicode scalar at `index`, and how long it is; of a byte that begins none a value that
  /// no scalar has.
  fileprivate func scalar(at index: Int) -> (value: UInt32, length: Int) {
    let lead = self[index]
    let length =
      switch lead {
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 1
      }
    guard length > 1, index + length <= count else { return (Self.value(of: lead), 1) }
    var value = UInt32(lead) & (0x7F >> UInt32(length))
    for next in index + 1..<index + length {
      guard self[next] & 0xC0 == 0x80 else { return (Self.value(of: lead), 1) }
      value = value << 6 | UInt32(self[next] & 0x3F)
    }
    return (value, length)
  }

  private static func value(of byte: UInt8) -> UInt32 {
    byte < 0x80 ? UInt32(byte) : 0xDC00 | UInt32(byte)
  }
}
