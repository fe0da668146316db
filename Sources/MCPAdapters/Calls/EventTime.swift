internal import MCPEvents

/// A moment that a line states, in microseconds since 1970-01-01T00:00:00Z.
struct EventTime: Hashable, Comparable, Sendable {
  let microseconds: Int64

  init(microseconds: Int64) {
    self.microseconds = microseconds
  }

  init(_ time: UnixTime) {
    microseconds = time.milliseconds * 1000
  }

  /// Reads an RFC 3339 text or a Unix time whose unit shows in its size.
  init?(_ value: JSONValue?) {
    guard let value, let time = UnixTime(value) else { return nil }
    self.init(time)
  }

  /// The moment in whole milliseconds.
  var unixTime: UnixTime {
    let (quotient, remainder) = microseconds.quotientAndRemainder(dividingBy: 1000)
    return UnixTime(milliseconds: remainder < 0 ? quotient - 1 : quotient)
  }

  static func < (lhs: Self, rhs: Self) -> Bool { lhs.microseconds < rhs.microseconds }
}
