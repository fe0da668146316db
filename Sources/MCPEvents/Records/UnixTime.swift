/// A moment, in whole milliseconds since 1970-01-01T00:00:00Z, without leap seconds.
///
/// The range is that of RFC 3339: the years 0000 to 9999.
public struct UnixTime: Hashable, Comparable, Sendable {
  /// The first moment that can be written: 0000-01-01T00:00:00.000Z.
  public static let earliest = Self(milliseconds: -62_167_219_200_000)

  /// The last moment that can be written: 9999-12-31T23:59:59.999Z.
  public static let latest = Self(milliseconds: 253_402_300_799_999)

  /// The number of milliseconds.
  public let milliseconds: Int64

  /// Creates a moment.
  ///
  /// - Parameter milliseconds: Milliseconds since 1970-01-01T00:00:00Z, negative before.
  public init(milliseconds: Int64) {
    self.milliseconds = milliseconds
  }

  /// Returns whether one moment is before another.
  public static func < (lhs: Self, rhs: Self) -> Bool {
    lhs.milliseconds < rhs.milliseconds
  }
}

extension UnixTime: CustomStringConvertible {
  /// The moment as RFC 3339 text in UTC with milliseconds, such as `2026-11-22T09:14:03.512Z`.
  public var description: String {
    var bytes: [UInt8] = []
    write(into: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension UnixTime {
  /// Appends the moment as RFC 3339 text in UTC with milliseconds, always 24 bytes.
  ///
  /// A moment outside of ``earliest`` to ``latest`` is written as the nearer of the two.
  package func write(into output: inout [UInt8]) {
    output.append(copying: text.span)
  }

  /// The moment as RFC 3339 text in UTC with milliseconds; outside of ``earliest`` to ``latest`` the
  /// nearer of the two.
  var text: InlineArray<24, UInt8> {
    let clamped = min(max(self, .earliest), .latest).milliseconds
    let days = clamped.flooredQuotient(by: 86_400_000)
    let time = clamped - days * 86_400_000
    let date = CivilDate(daysSince1970: days)
    let minutes = time / 60_000
    var text = Self.template
    text.setDigits(at: 0, date.year / 100)
    text.setDigits(at: 2, date.year % 100)
    text.setDigits(at: 5, date.month)
    text.setDigits(at: 8, date.day)
    text.setDigits(at: 11, minutes / 60)
    text.setDigits(at: 14, minutes % 60)
    text.setDigits(at: 17, time / 1000 % 60)
    text.setDigits(at: 20, time % 1000 / 10)
    text[22] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: time % 10)
    return text
  }

  /// `0000-00-00T00:00:00.000Z`.
  private static let template: InlineArray<24, UInt8> = [
    0x30, 0x30, 0x30, 0x30, 0x2D, 0x30, 0x30, 0x2D, 0x30, 0x30, 0x54, 0x30,
    0x30, 0x3A, 0x30, 0x30, 0x3A, 0x30, 0x30, 0x2E, 0x30, 0x30, 0x30, 0x5A,
  ]
}

extension InlineArray<24, UInt8> {
  /// Writes a number below 100 as two digits.
  @inline(__always)
  fileprivate mutating func setDigits(at index: Int, _ value: Int64) {
    let value = UInt8(truncatingIfNeeded: value)
    self[index] = UInt8(ascii: "0") &+ value / 10
    self[index + 1] = UInt8(ascii: "0") &+ value % 10
  }
}

extension Int64 {
  /// The quotient rounded towards negative infinity.
  func flooredQuotient(by divisor: Int64) -> Int64 {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}

extension [UInt8] {
  /// Appends a number in decimal.
  package mutating func append(decimal value: Int64) {
    append(addingCapacity: Int64.maximumDigits) { $0.append(decimal: value) }
  }
}

extension Int64 {
  /// How many bytes a number takes in decimal at most: `-9223372036854775808`.
  static let maximumDigits = 20
}

extension OutputSpan<UInt8> {
  /// Appends a number in decimal, for which there must be room.
  mutating func append(decimal value: Int64) {
    var digits = InlineArray<20, UInt8>(repeating: 0)
    var start = digits.count
    var rest = value.magnitude
    repeat {
      start -= 1
      digits[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    } while rest > 0
    if value < 0 {
      start -= 1
      digits[start] = UInt8(ascii: "-")
    }
    append(copying: digits.span.extracting(start..<digits.count))
  }
}
