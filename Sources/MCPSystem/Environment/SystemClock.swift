internal import Glibc

/// The clocks of the machine.
package enum SystemClock {
  /// Milliseconds since 1970, UTC.
  ///
  /// Jumps when somebody sets the clock.
  package static var unixMilliseconds: Int64 { milliseconds(of: CLOCK_REALTIME) }

  /// Milliseconds since some moment in the past.
  ///
  /// Never jumps; counts while the machine sleeps.
  package static var monotonicMilliseconds: Int64 { milliseconds(of: CLOCK_BOOTTIME) }

  /// Microseconds since 1970, UTC; jumps as ``unixMilliseconds`` does.
  package static var unixMicroseconds: Int64 { microseconds(of: CLOCK_REALTIME) }

  private static func microseconds(of clock: clockid_t) -> Int64 {
    var time = timespec()
    // The kernel fills the structure during the call.
    _ = unsafe clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
  }

  private static func milliseconds(of clock: clockid_t) -> Int64 {
    var time = timespec()
    // The kernel fills the structure during the call.
    _ = unsafe clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
  }
}
