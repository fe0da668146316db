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
    let clamped = min(max(self, .earliest), .latest).milliseconds
    let days = clamped.flooredQuotient(by: 86_400_000)
    let time = clamped - days * 86_400_000
    let date = CivilDate(daysSince1970: days)
    output.appendDigits(date.year, count: 4)
    output.append(UInt8(ascii: "-"))
    output.appendDigits(date.month, count: 2)
    output.append(UInt8(ascii: "-"))
    output.appendDigits(date.day, count: 2)
    output.append(UInt8(ascii: "T"))
    output.appendDigits(time / 3_600_000, count: 2)
    output.append(UInt8(ascii: ":"))
    output.appendDigits(time / 60_000 % 60, count: 2)
    output.append(UInt8(ascii: ":"))
    output.appendDigits(time / 1000 % 60, count: 2)
    output.append(UInt8(ascii: "."))
    output.appendDigits(time % 1000, count: 3)
    output.append(UInt8(ascii: "Z"))
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
  /// Appends a number that is not negative, with leading zeros.
  mutating func appendDigits(_ value: Int64, count: Int) {
    var divisor: Int64 = 1
    for _ in 1..<count { divisor *= 10 }
    while divisor > 0 {
      append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / divisor % 10))
      divisor /= 10
    }
  }

  /// Appends a number in decimal.
  package mutating func append(decimal value: Int64) {
    if value < 0 { append(UInt8(ascii: "-")) }
    var rest = value.magnitude
    let start = count
    repeat {
      append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    self[start...].reverse()
  }
}
