extension TimeSpec {
  /// Reads a time.
  ///
  /// - Parameter text: An RFC 3339 time; a date such as `2026-11-22`, which may be followed by a
  ///   time of the local clock such as `09:14` or `09:14:03`; a month such as `2026-11`; an age
  ///   such as `90s`, `30m`, `2h`, `7d` or `2w`; `now`, `today` or `yesterday`; or `@` and a Unix
  ///   time.
  /// - Throws: A ``TimeSpecError`` that names these forms.
  public init(_ text: String) throws(TimeSpecError) {
    self.init(text: text, form: try Self.form(text))
  }

  private static func form(_ text: String) throws(TimeSpecError) -> Form {
    let bytes = text.utf8.span
    switch text {
    case "now": return .age(0)
    case "today": return .day(0)
    case "yesterday": return .day(-1)
    default: break
    }
    if text.hasPrefix("@") {
      let number = bytes.extracting(1..<bytes.count)
      guard let moment = UnixTime(number: number) else {
        let isNumber = number.count > 0 && (try? number.endOfNumber(from: 0)) == number.count
        throw isNumber ? .outOfRange(text) : .unknownForm(text)
      }
      return .moment(moment)
    }
    if let age = try age(bytes, of: text) { return .age(age) }
    if let moment = UnixTime(rfc3339: bytes) { return .moment(moment) }
    if let period = try localPeriod(bytes, of: text) { return .local(period) }
    throw .unknownForm(text)
  }

  /// The milliseconds of a whole number with a unit.
  private static func age(
    _ bytes: Span<UInt8>,
    of text: String
  ) throws(TimeSpecError) -> Int64? {
    guard bytes.count > 1, let unit = milliseconds(ofUnit: bytes[bytes.count - 1]) else {
      return nil
    }
    for index in 0..<bytes.count - 1 where bytes[index] &- UInt8(ascii: "0") > 9 { return nil }
    guard let number = bytes.extracting(0..<bytes.count - 1).integer else {
      throw .outOfRange(text)
    }
    let (age, overflow) = number.multipliedReportingOverflow(by: unit)
    guard !overflow else { throw .outOfRange(text) }
    return age
  }

  private static func milliseconds(ofUnit unit: UInt8) -> Int64? {
    switch unit {
    case UInt8(ascii: "s"): 1000
    case UInt8(ascii: "m"): 60 * 1000
    case UInt8(ascii: "h"): 60 * 60 * 1000
    case UInt8(ascii: "d"): 24 * 60 * 60 * 1000
    case UInt8(ascii: "w"): 7 * 24 * 60 * 60 * 1000
    default: nil
    }
  }

  /// The seconds of the local clock in a month, a day, a minute or a second.
  private static func localPeriod(
    _ bytes: Span<UInt8>,
    of text: String
  ) throws(TimeSpecError) -> Range<Int64>? {
    guard let year = bytes.digits(0, 4), let month = bytes.digits(5, 2),
      bytes[4] == UInt8(ascii: "-")
    else { return nil }
    let first = CivilDate(year: year, month: month, day: 1)
    guard first.isValid else { throw .noSuchDate(text) }
    if bytes.count == 7 {
      let start = first.daysSince1970
      return start * 86_400..<(start + CivilDate.days(in: month, of: year)) * 86_400
    }
    guard bytes[7] == UInt8(ascii: "-"), let dayOfMonth = bytes.digits(8, 2) else { return nil }
    let day = CivilDate(year: year, month: month, day: dayOfMonth)
    guard day.isValid else { throw .noSuchDate(text) }
    let start = day.daysSince1970 * 86_400
    if bytes.count == 10 { return start..<start + 86_400 }
    guard bytes.isDateTimeSeparator(at: 10) else { return nil }
    return timeOfDay(bytes).map { start + $0.lowerBound..<start + $0.upperBound }
  }

  /// The seconds of the day in the `hh:mm` or `hh:mm:ss` that stands after a date.
  private static func timeOfDay(_ bytes: Span<UInt8>) -> Range<Int64>? {
    guard let hour = bytes.digits(11, 2), let minute = bytes.digits(14, 2), hour < 24,
      minute < 60, bytes[13] == UInt8(ascii: ":")
    else { return nil }
    let start = (hour * 60 + minute) * 60
    if bytes.count == 16 { return start..<start + 60 }
    guard bytes.count == 19, bytes[16] == UInt8(ascii: ":"), let second = bytes.digits(17, 2),
      second < 60
    else { return nil }
    return start + second..<start + second + 1
  }
}
