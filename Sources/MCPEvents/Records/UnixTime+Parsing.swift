extension UnixTime {
  /// Reads an RFC 3339 §5.6 date and time, such as `2026-11-22T09:14:03.512Z`.
  ///
  /// A space or a lower-case `t` may stand for `T`, a lower-case `z` for `Z`. A fraction of any
  /// length is rounded down to milliseconds; a leap second counts as the first of the next minute.
  ///
  /// - Parameter text: The text; nothing else stands around it.
  package init?(rfc3339 text: Span<UInt8>) {
    guard text.count >= 20, let date = CivilDate(text), text.isDateTimeSeparator(at: 10),
      let hour = text.digits(11, 2), let minute = text.digits(14, 2),
      let second = text.digits(17, 2), text[13] == UInt8(ascii: ":"),
      text[16] == UInt8(ascii: ":"), hour < 24, minute < 60, second <= 60
    else { return nil }
    var index = 19
    var fraction: Int64 = 0
    if text[index] == UInt8(ascii: ".") {
      let end = text.endOfFraction(from: index + 1)
      guard end > index + 1 else { return nil }
      fraction = text.milliseconds(in: index + 1..<end)
      index = end
    }
    guard let offset = text.offsetMinutes(from: index) else { return nil }
    let minutes = (date.daysSince1970 * 24 + hour) * 60 + minute - offset
    let milliseconds = (minutes * 60 + second) * 1000 + fraction
    self.init(milliseconds: milliseconds)
    guard self >= .earliest, self <= .latest else { return nil }
  }

  /// Reads a Unix time whose unit shows in its size.
  ///
  /// Below 1e11 in magnitude it is seconds, below 1e14 milliseconds, below 1e17 microseconds, and
  /// nanoseconds above; it is rounded down to milliseconds.
  ///
  /// - Parameter number: A JSON number.
  package init?(number: Span<UInt8>) {
    guard let decimal = Decimal18(number) else { return nil }
    let magnitude = decimal.whole.magnitude
    let floor: Int128
    if magnitude < 100_000_000_000 {
      floor = decimal.floor(scaledBy: 1000)
    } else if magnitude < 100_000_000_000_000 {
      floor = decimal.floor(scaledBy: 1)
    } else if magnitude < 100_000_000_000_000_000 {
      floor = decimal.floor(dividedBy: 1000)
    } else {
      floor = decimal.floor(dividedBy: 1_000_000)
    }
    guard let milliseconds = Int64(exactly: floor) else { return nil }
    self.init(milliseconds: milliseconds)
    guard self >= .earliest, self <= .latest else { return nil }
  }
}

/// A decimal number with 18 digits after the point, further ones dropped.
private struct Decimal18 {
  private static let scale: Int128 = 1_000_000_000_000_000_000
  private let value: Int128

  var whole: Int128 { value / Self.scale }

  init?(_ number: Span<UInt8>) {
    var mantissa: Int128 = 0
    var exponent = 0
    var index = 0
    var isFraction = false
    let isNegative = number.count > 0 && number[0] == UInt8(ascii: "-")
    if isNegative { index = 1 }
    while index < number.count, number[index] | 0x20 != UInt8(ascii: "e") {
      let byte = number[index]
      index += 1
      if byte == UInt8(ascii: ".") {
        isFraction = true
      } else if mantissa < 1_000_000_000_000_000_000_000 {
        mantissa = mantissa * 10 + Int128(byte - UInt8(ascii: "0"))
        if isFraction { exponent -= 1 }
      } else if !isFraction {
        exponent += 1
      }
    }
    if index < number.count {
      guard let written = number.smallInteger(from: index + 1) else { return nil }
      exponent += written
    }
    guard let scaled = Self.scale(mantissa, by: exponent + 18) else { return nil }
    value = isNegative ? -scaled : scaled
  }

  private static func scale(_ mantissa: Int128, by exponent: Int) -> Int128? {
    var scaled = mantissa
    var rest = exponent
    while rest > 0, scaled != 0 {
      let (product, overflow) = scaled.multipliedReportingOverflow(by: 10)
      guard !overflow else { return nil }
      scaled = product
      rest -= 1
    }
    while rest < 0, scaled != 0 {
      scaled /= 10
      rest += 1
    }
    return scaled
  }

  func floor(scaledBy factor: Int128) -> Int128 { Self.floor(value * factor, Self.scale) }

  func floor(dividedBy divisor: Int128) -> Int128 { Self.floor(value, Self.scale * divisor) }

  private static func floor(_ numerator: Int128, _ divisor: Int128) -> Int128 {
    let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}

extension CivilDate {
  /// Reads the `YYYY-MM-DD` at the start of `text`.
  package init?(_ text: Span<UInt8>) {
    guard text.count >= 10, let year = text.digits(0, 4), let month = text.digits(5, 2),
      let day = text.digits(8, 2), text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-")
    else { return nil }
    self.init(year: year, month: month, day: day)
    guard isValid else { return nil }
  }
}

extension Span<UInt8> {
  /// The value of `length` decimal digits at `start`.
  fileprivate func digits(_ start: Int, _ length: Int) -> Int64? {
    guard start + length <= count else { return nil }
    var value: Int64 = 0
    for index in start..<start + length {
      let digit = self[index] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      value = value * 10 + Int64(digit)
    }
    return value
  }

  fileprivate func isDateTimeSeparator(at index: Int) -> Bool {
    self[index] | 0x20 == UInt8(ascii: "t") || self[index] == UInt8(ascii: " ")
  }

  fileprivate func endOfFraction(from start: Int) -> Int {
    var index = start
    while index < count, self[index] &- UInt8(ascii: "0") < 10 { index += 1 }
    return index
  }

  fileprivate func milliseconds(in range: Range<Int>) -> Int64 {
    var value: Int64 = 0
    for place in 0..<3 {
      let index = range.lowerBound + place
      value = value * 10 + (index < range.upperBound ? Int64(self[index] - UInt8(ascii: "0")) : 0)
    }
    return value
  }

  /// The minutes east of UTC that the offset at `start` says; it must end the text.
  fileprivate func offsetMinutes(from start: Int) -> Int64? {
    guard start < count else { return nil }
    if self[start] | 0x20 == UInt8(ascii: "z") { return start + 1 == count ? 0 : nil }
    guard start + 6 == count, self[start + 3] == UInt8(ascii: ":"),
      let hours = digits(start + 1, 2), let minutes = digits(start + 4, 2),
      hours < 24, minutes < 60
    else { return nil }
    switch self[start] {
    case UInt8(ascii: "+"): return hours * 60 + minutes
    case UInt8(ascii: "-"): return -(hours * 60 + minutes)
    default: return nil
    }
  }

  /// The value of a signed integer of at most four digits, from `start` to the end.
  fileprivate func smallInteger(from start: Int) -> Int? {
    var index = start
    let isNegative = index < count && self[index] == UInt8(ascii: "-")
    if isNegative || index < count && self[index] == UInt8(ascii: "+") { index += 1 }
    guard index < count, count - index <= 4, let value = digits(index, count - index)
    else { return nil }
    return Int(isNegative ? -value : value)
  }
}
