extension UnixTime {
  /// Reads an RFC 3339 §5.6 date and time, such as `2026-11-22T09:14:03.512Z`.
  ///
  /// A space or a lower-case `t` may stand for `T`, a lower-case `z` for `Z`. A fraction of any
  /// length is rounded down to milliseconds. A leap second, which ends a month in UTC, counts as
  /// the first of the next minute.
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
    guard second < 60 || Self.endsMonth(minutes) else { return nil }
    let milliseconds = (minutes * 60 + second) * 1000 + fraction
    self.init(milliseconds: milliseconds)
    guard self >= .earliest, self <= .latest else { return nil }
  }

  /// Whether the minute that begins `minutes` after 1970 is the last one of a month.
  private static func endsMonth(_ minutes: Int64) -> Bool {
    let next = minutes + 1
    let days = next.flooredQuotient(by: 1440)
    return days * 1440 == next && CivilDate(daysSince1970: days).day == 1
  }

  /// Reads a Unix time whose unit shows in its size.
  ///
  /// Below 1e11 in magnitude it is seconds, below 1e14 milliseconds, below 1e17 microseconds, and
  /// nanoseconds above; it is rounded down to milliseconds.
  ///
  /// - Parameter number: A JSON number.
  package init?(number: Span<UInt8>) {
    guard let decimal = ScaledDecimal(number) else { return nil }
    let shift =
      switch decimal.wholeDigits {
      case ...11: 3
      case ...14: 0
      case ...17: -3
      default: -6
      }
    guard let milliseconds = decimal.floor(shiftedBy: shift, in: number) else { return nil }
    self.init(milliseconds: milliseconds)
    guard self >= .earliest, self <= .latest else { return nil }
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
  func digits(_ start: Int, _ length: Int) -> Int64? {
    guard start + length <= count else { return nil }
    var value: Int64 = 0
    for index in start..<start + length {
      let digit = self[index] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      value = value * 10 + Int64(digit)
    }
    return value
  }

  func isDateTimeSeparator(at index: Int) -> Bool {
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
}
