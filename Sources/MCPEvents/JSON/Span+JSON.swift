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

  /// The index of the first byte from `start` on that is no white space, and must be there.
  @inline(__always)
  func startOfNext(from start: Int) throws(JSONError) -> Int {
    let index = skippingSpace(from: start)
    guard index < count else { throw JSONError(.truncated, at: index) }
    return index
  }

  /// The index of the quote that closes the string whose first byte is at `start`.
  @inline(__always)
  func endOfString(from start: Int) throws(JSONError) -> (end: Int, hasEscapes: Bool) {
    var index = start
    var hasEscapes = false
    while true {
      index = endOfPlainASCII(from: index)
      guard index < count else { throw JSONError(.truncated, at: index) }
      let byte = self[index]
      if byte == UInt8(ascii: "\"") {
        return (index, hasEscapes)
      } else if byte == UInt8(ascii: "\\") {
        hasEscapes = true
        index = try endOfEscape(from: index)
      } else if byte >= 0x80 {
        index = try endOfScalars(from: index)
      } else {
        throw JSONError(.controlCharacter, at: index)
      }
    }
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
      switch unit {
      case 0xD800...0xDBFF: return try endOfLowSurrogate(from: start + 6)
      case 0xDC00...0xDFFF: throw JSONError(.loneSurrogate, at: start)
      default: return start + 6
      }
    default:
      throw JSONError(.invalidEscape, at: start)
    }
  }

  /// The index after the second half of a surrogate pair, which must begin at `start`.
  private func endOfLowSurrogate(from start: Int) throws(JSONError) -> Int {
    guard start < count else { throw JSONError(.truncated, at: count) }
    guard self[start] == UInt8(ascii: "\\") else { throw JSONError(.loneSurrogate, at: start - 6) }
    guard start + 1 < count else { throw JSONError(.truncated, at: count) }
    guard self[start + 1] == UInt8(ascii: "u"),
      (0xDC00...0xDFFF).contains(try hexUnit(from: start + 2))
    else { throw JSONError(.loneSurrogate, at: start - 6) }
    return start + 6
  }

  /// The value of the four hexadecimal digits from `start` on.
  func hexUnit(from start: Int) throws(JSONError) -> UInt32 {
    var unit: UInt32 = 0
    for index in start..<start + 4 {
      guard index < count else { throw JSONError(.truncated, at: count) }
      guard let digit = self[index].hexDigitValue else {
        throw JSONError(.invalidEscape, at: index)
      }
      unit = unit << 4 | UInt32(digit)
    }
    return unit
  }

  /// The index after the UTF-8 sequences of two to four bytes that follow each other at `start`.
  @inline(__always)
  private func endOfScalars(from start: Int) throws(JSONError) -> Int {
    var index = start
    while index < count, self[index] >= 0x80 { index = try endOfScalar(from: index) }
    return index
  }

  /// The index after the UTF-8 sequence of two to four bytes at `start` (RFC 3629 §4).
  @inline(__always)
  private func endOfScalar(from start: Int) throws(JSONError) -> Int {
    let (length, second): (Int, ClosedRange<UInt8>) =
      switch self[start] {
      case 0xC2...0xDF: (2, 0x80...0xBF)
      case 0xE0: (3, 0xA0...0xBF)
      case 0xED: (3, 0x80...0x9F)
      case 0xE1...0xEF: (3, 0x80...0xBF)
      case 0xF0: (4, 0x90...0xBF)
      case 0xF1...0xF3: (4, 0x80...0xBF)
      case 0xF4: (4, 0x80...0x8F)
      default: throw JSONError(.invalidUTF8, at: start)
      }
    guard start + 1 < count else { throw JSONError(.truncated, at: count) }
    guard second.contains(self[start + 1]) else { throw JSONError(.invalidUTF8, at: start) }
    var index = start + 2
    while index < start + length {
      guard index < count else { throw JSONError(.truncated, at: count) }
      guard self[index] & 0xC0 == 0x80 else { throw JSONError(.invalidUTF8, at: start) }
      index += 1
    }
    return index
  }

  /// The index after the number at `start` (RFC 8259 §6).
  @inline(__always)
  func endOfNumber(from start: Int) throws(JSONError) -> Int {
    var index = start
    if self[index] == UInt8(ascii: "-") { index += 1 }
    let hasLeadingZero = index < count && self[index] == UInt8(ascii: "0")
    let integer = index
    index = try endOfDigits(from: index, ofNumberAt: start)
    guard !hasLeadingZero || index == integer + 1 else {
      throw JSONError(.invalidNumber, at: start)
    }
    if index < count, self[index] == UInt8(ascii: ".") {
      index = try endOfDigits(from: index + 1, ofNumberAt: start)
    }
    if index < count, self[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      if index < count, self[index] == UInt8(ascii: "+") || self[index] == UInt8(ascii: "-") {
        index += 1
      }
      index = try endOfDigits(from: index, ofNumberAt: start)
    }
    return index
  }

  /// The index after the one or more digits at `start`.
  @inline(__always)
  private func endOfDigits(from start: Int, ofNumberAt number: Int) throws(JSONError) -> Int {
    var index = start
    while index < count, self[index] &- UInt8(ascii: "0") < 10 { index += 1 }
    guard index > start else {
      throw JSONError(index == count ? .truncated : .invalidNumber, at: number)
    }
    return index
  }

  /// The kind and the end of the `true`, `false` or `null` at `start`.
  func endOfLiteral(from start: Int) throws(JSONError) -> (JSONToken.Kind, Int) {
    switch self[start] {
    case UInt8(ascii: "t"): (.true, try end(of: "true", at: start))
    case UInt8(ascii: "f"): (.false, try end(of: "false", at: start))
    case UInt8(ascii: "n"): (.null, try end(of: "null", at: start))
    default: throw JSONError(.unexpectedByte, at: start)
    }
  }

  @inline(__always)
  private func end(of literal: StaticString, at start: Int) throws(JSONError) -> Int {
    let end = start + literal.utf8CodeUnitCount
    if end <= count, extracting(start..<end).equals(literal) { return end }
    throw mistake(in: literal, at: start)
  }

  /// What is wrong with the bytes at `start`, which begin like `literal` and are not it.
  private func mistake(in literal: StaticString, at start: Int) -> JSONError {
    var expected: [UInt8] = []
    expected.append(literal)
    for (index, byte) in zip(start..., expected) {
      guard index < count else { return JSONError(.truncated, at: count) }
      guard self[index] == byte else { return JSONError(.unexpectedByte, at: index) }
    }
    return JSONError(.unexpectedByte, at: start)
  }

  /// The value of a JSON number without fraction and exponent that fits.
  var integer: Int64? {
    let isNegative = count > 0 && self[0] == UInt8(ascii: "-")
    let first = isNegative ? 1 : 0
    guard count > first else { return nil }
    var value: Int64 = 0
    for index in first..<count {
      let digit = self[index] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let step = Int64(isNegative ? -1 : 1) * Int64(digit)
      let (sum, carry) = product.addingReportingOverflow(step)
      guard !overflow, !carry else { return nil }
      value = sum
    }
    return value
  }
}

extension UInt8 {
  /// Whether it is a line feed or a carriage return.
  var isLineBreak: Bool { self == UInt8(ascii: "\n") || self == UInt8(ascii: "\r") }

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
