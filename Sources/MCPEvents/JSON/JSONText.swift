/// Turns JSON string bytes into text and back.
package enum JSONText {
  /// Appends the text of a checked string's bytes to `output`, its escapes resolved.
  ///
  /// - Parameters:
  ///   - bytes: The bytes between the quotes, as a ``JSONTape`` found them.
  ///   - output: Where the UTF-8 text goes.
  package static func unescape(_ bytes: Span<UInt8>, into output: inout [UInt8]) {
    var plain = 0
    var index = bytes.endOfUnescaped(from: 0)
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count {
        output.append(copying: bytes.extracting(plain..<index))
        index = unescapeOne(bytes, at: index, into: &output)
        plain = index
      } else {
        index += 1
      }
      index = bytes.endOfUnescaped(from: index)
    }
    output.append(copying: bytes.extracting(plain..<index))
  }

  private static func unescapeOne(
    _ bytes: Span<UInt8>,
    at start: Int,
    into output: inout [UInt8]
  ) -> Int {
    switch bytes[start + 1] {
    case UInt8(ascii: "b"): output.append(0x08)
    case UInt8(ascii: "f"): output.append(0x0C)
    case UInt8(ascii: "n"): output.append(0x0A)
    case UInt8(ascii: "r"): output.append(0x0D)
    case UInt8(ascii: "t"): output.append(0x09)
    case UInt8(ascii: "u"): return unescapeUnicode(bytes, at: start, into: &output)
    case let other: output.append(other)
    }
    return start + 2
  }

  private static func unescapeUnicode(
    _ bytes: Span<UInt8>,
    at start: Int,
    into output: inout [UInt8]
  ) -> Int {
    guard let unit = try? bytes.hexUnit(from: start + 2) else { return start + 2 }
    guard (0xD800...0xDBFF).contains(unit), let low = try? bytes.hexUnit(from: start + 8),
      (0xDC00...0xDFFF).contains(low)
    else {
      append(Unicode.Scalar(unit), to: &output)
      return start + 6
    }
    append(Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)), to: &output)
    return start + 12
  }

  private static func append(_ scalar: Unicode.Scalar?, to output: inout [UInt8]) {
    for byte in UTF8.encode(scalar ?? "\u{FFFD}") ?? UTF8.encodedReplacementCharacter {
      output.append(byte)
    }
  }

  /// Appends `text` as a JSON string with its quotes.
  ///
  /// The form is canonical, because evidence is computed from it: `"` and `\` are escaped, control
  /// characters below U+0020 are `\b \t \n \f \r` or `\u00xx` in lower case, and all else, `/`
  /// included, stands as it is (RFC 8259 §7).
  package static func write(_ text: Span<UInt8>, into output: inout [UInt8]) {
    output.append(addingCapacity: maximumLength(text)) { write(text, into: &$0) }
  }

  /// How many bytes ``write(_:into:)`` appends at most.
  @inline(__always)
  static func maximumLength(_ text: Span<UInt8>) -> Int {
    let quotes = 2
    return quotes + (text.count <= shortText ? text.count * longestEscape : escapedLength(text))
  }

  /// Up to how many bytes a text is so short that space for the worst is no waste.
  private static let shortText = 1024
  /// `\u001f`.
  static let longestEscape = 6

  private static func escapedLength(_ text: Span<UInt8>) -> Int {
    var length = text.count
    var index = text.endOfUnescaped(from: 0)
    while index < text.count {
      length += longestEscape - 1
      index = text.endOfUnescaped(from: index + 1)
    }
    return length
  }

  /// Appends `text` as a JSON string with its quotes where there is room for it.
  @inline(__always)
  static func write(_ text: Span<UInt8>, into output: inout OutputSpan<UInt8>) {
    output.append(UInt8(ascii: "\""))
    var index = output.append(unescaped: text, from: 0)
    while index < text.count {
      escape(text[index], into: &output)
      index = output.append(unescaped: text, from: index + 1)
    }
    output.append(UInt8(ascii: "\""))
  }

  private static func escape(_ byte: UInt8, into output: inout OutputSpan<UInt8>) {
    output.append(UInt8(ascii: "\\"))
    switch byte {
    case 0x08: output.append(UInt8(ascii: "b"))
    case 0x09: output.append(UInt8(ascii: "t"))
    case 0x0A: output.append(UInt8(ascii: "n"))
    case 0x0C: output.append(UInt8(ascii: "f"))
    case 0x0D: output.append(UInt8(ascii: "r"))
    case 0x20...: output.append(byte)
    default:
      output.append("u00")
      output.append(UInt8(ascii: "0") + byte >> 4)
      output.append(byte.lowNibbleHexDigit)
    }
  }

  /// `text` as a JSON string with its quotes.
  package static func quoted(_ text: String) -> String {
    var output: [UInt8] = []
    write(Array(text.utf8).span, into: &output)
    return String(decoding: output, as: UTF8.self)
  }
}

extension UInt8 {
  fileprivate var lowNibbleHexDigit: UInt8 {
    let nibble = self & 0x0F
    return nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10
  }
}
