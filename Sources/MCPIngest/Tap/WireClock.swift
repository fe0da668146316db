internal import MCPSystem

/// Tells when something happened on the wire, in microseconds since 1970.
///
/// It runs as steadily as the machine's own clock, so that durations come out right; it follows the
/// time of day when somebody sets that.
struct WireClock {
  private static let tolerance: Int64 = 1_000_000

  private var offset: Int64

  init() {
    offset = SystemClock.unixMicroseconds - SystemClock.monotonicMicroseconds
  }

  /// The time now.
  mutating func now() -> Int64 {
    let (steady, day) = (SystemClock.monotonicMicroseconds, SystemClock.unixMicroseconds)
    if abs(day - steady - offset) > Self.tolerance { offset = day - steady }
    return steady + offset
  }
}
