extension [UInt8] {
  /// Appends a literal without making a `String` of it.
  mutating func append(_ text: StaticString) {
    // The bytes of a literal live as long as the program.
    text.withUTF8Buffer { unsafe append(contentsOf: $0) }
  }

  /// Appends a number in decimal digits.
  mutating func append(decimal number: Int) {
    let mostDigits = 20
    var digits = InlineArray<20, UInt8>(repeating: 0)
    var first = mostDigits
    var rest = number.magnitude
    repeat {
      first -= 1
      digits[first] = .digit(rest % 10)
      rest /= 10
    } while rest > 0
    if number < 0 { append(UInt8(ascii: "-")) }
    for position in first..<mostDigits { append(digits[position]) }
  }

  /// Appends two decimal digits of a number from 0 to 99.
  mutating func append(twoDigits number: Int) {
    append(.digit(number.magnitude / 10))
    append(.digit(number.magnitude % 10))
  }

  /// Appends the lowest `digits` hexadecimal digits of a number.
  mutating func append(hex number: UInt64, digits: Int) {
    var shift = 4 * UInt64(digits)
    while shift > 0 {
      shift -= 4
      append(.letterDigit(number >> shift & 0xf))
    }
  }

  /// Appends all bits of a number in thirteen digits, five bits each.
  mutating func append(base32 number: UInt64) {
    var shift: UInt64 = 65
    while shift > 0 {
      shift -= 5
      append(.letterDigit(number >> shift & 0x1f))
    }
  }
}

extension UInt8 {
  fileprivate static func digit(_ value: UInt) -> Self {
    UInt8(ascii: "0") + Self(truncatingIfNeeded: value)
  }

  /// A digit from 0 to 9, then a to v.
  fileprivate static func letterDigit(_ value: UInt64) -> Self {
    let zero = value < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10
    return zero + Self(truncatingIfNeeded: value)
  }
}
