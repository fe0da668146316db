extension Span<UInt8> {
  /// The index of the first byte from `start` on that is no JSON white space.
  @inline(__always)
  func skippingSpace(from start: Int) -> Int {
    var index = start
    while index < count {
      switch self[index] {
      case 0x20, 0x09, 0x0A, 0x0D: index += 1
      default: return index
      }
    }
    return index
  }

  /// The index of the quote that closes the string whose first byte is at `start`.
  @inline(__always)
  func endOfString(from start: Int) throws(JSONError) -> (end: Int, hasEscapes: Bool) {
    var index = start
    var hasEscapes = false
    while index < count {
      let byte = self[index]
      if byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte < 0x80 {
        index += 1
      } else if byte == UInt8(ascii: "\"") {
        return (index, hasEscapes)
      } else if byte == UInt8(ascii: "\\") {
        hasEscapes = true
        index = try endOfEscape(from: index)
      } else if byte >= 0x80 {
        index = try endOfScalar(from: index)
      } else {
        throw JSONError(.controlCharacter, at: index)
      }
    }
    throw JSONError(.truncated, at: index)
  }

  /// The index after the escape whose backslash is at `start`, both halves of a surrogate pair.
  private func endOfEscape(from start: Int) throws(JSONError) -> Int {
    guard start + 1 < count else { throw JSONError(.truncated, at: count) }
    switch self[start + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return start + 2
    case UInt8(ascii: "u"):
      let unit = try hexUnit(from: start + 2)
      if !(0xD800...0xDFFF).contains(unit) { return start + 6 }
      guard unit < 0xDC00, start + 7 < count, self[start + 6] == UInt8(ascii: "\\"),
        self[start + 7] == UInt8(ascii: "u"),
        (0xDC00...0xDFFF).contains(try hexUnit(from: start + 8))
      else { throw JSONError(.loneSurrogate, at: start) }
      return start + 12
    default:
      throw JSONError(.invalidEscape, at: start)
    }
  }

  /// The value of the four hexadecimal digits from `start` on.
  func hexUnit(from start: Int) throws(JSONError) -> UInt32 {
    guard start + 4 <= count else { throw JSONError(.truncated, at: count) }
    var unit: UInt32 = 0
    for index in start..<start + 4 {
      guard let digit = self[index].hexDigitValue else {
        throw JSONError(.invalidEscape, at: index)
      }
      unit = unit << 4 | UInt32(digit)
    }
    return unit
  }

  /// The index after the UTF-8 sequence of two to four bytes at `start` (RFC 3629 §4).
  @inline(__always)
  func endOfScalar(from start: Int) throws(JSONError) -> Int {
    let lead = self[start]
    let (length, low, high): (Int, UInt8, UInt8) =
      switch lead {
      case 0xC2...0xDF: (2, 0x80, 0xBF)
      case 0xE0: (3, 0xA0, 0xBF)
      case 0xED: (3, 0x80, 0x9F)
      case 0xE1...0xEF: (3, 0x80, 0xBF)
      case 0xF0: (4, 0x90, 0xBF)
      case 0xF1...0xF3: (4, 0x80, 0xBF)
      case 0xF4: (4, 0x80, 0x8F)
      default: (0, 0, 0)
      }
    guard length > 0, start + length <= count, self[start + 1] >= low, self[start + 1] <= high
    else { throw JSONError(.invalidUTF8, at: start) }
    for index in start + 2..<start + Swift.max(length, 2) where self[index] & 0xC0 != 0x80 {
      throw JSONError(.invalidUTF8, at: start)
    }
    return start + length
  }

  /// The index after the number at `start` (RFC 8259 §6).
  @inline(__always)
  func endOfNumber(from start: Int) throws(JSONError) -> Int {
    var index = start
    if self[index] == UInt8(ascii: "-") { index += 1 }
    let integer = index
    index = endOfDigits(from: index)
    guard index > integer, index == integer + 1 || self[integer] != UInt8(ascii: "0")
    else { throw JSONError(.invalidNumber, at: start) }
    if index < count, self[index] == UInt8(ascii: ".") {
      let fraction = index + 1
      index = endOfDigits(from: fraction)
      guard index > fraction else { throw JSONError(.invalidNumber, at: start) }
    }
    if index < count, self[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      if index < count, self[index] == UInt8(ascii: "+") || self[index] == UInt8(ascii: "-") {
        index += 1
      }
      let exponent = index
      index = endOfDigits(from: exponent)
      guard index > exponent else { throw JSONError(.invalidNumber, at: start) }
    }
    return index
  }

  @inline(__always)
  private func endOfDigits(from start: Int) -> Int {
    var index = start
    while index < count, self[index] &- UInt8(ascii: "0") < 10 { index += 1 }
    return index
  }

  /// The kind and the end of the `true`, `false` or `null` at `start`.
  func endOfLiteral(from start: Int) throws(JSONError) -> (JSONToken.Kind, Int) {
    let rest = extracting(start..<count)
    if rest.starts(with: "true") { return (.true, start + 4) }
    if rest.starts(with: "false") { return (.false, start + 5) }
    if rest.starts(with: "null") { return (.null, start + 4) }
    throw JSONError(.unexpectedByte, at: start)
  }

  private func starts(with text: StaticString) -> Bool {
    count >= text.utf8CodeUnitCount && extracting(0..<text.utf8CodeUnitCount).equals(text)
  }
}

extension UInt8 {
  /// The value of an ASCII hexadecimal digit of either case.
  var hexDigitValue: UInt8? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
