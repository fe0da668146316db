internal import Glibc

/// The time zone of this process: `TZ`, else the machine's.
package enum LocalTimeZone {
  /// How many seconds the local clock is ahead of UTC at a moment.
  ///
  /// - Parameter unixSeconds: The moment, in seconds since 1970.
  /// - Returns: The offset; 0 for a moment so far away that the C library cannot tell.
  package static func offset(atUnixSeconds unixSeconds: Int64) -> Int64 {
    var time = time_t(unixSeconds)
    var local = unsafe tm()
    // The C library fills the structure during the call.
    guard unsafe localtime_r(&time, &local) != nil else { return 0 }
    return unsafe Int64(local.tm_gmtoff)
  }
}
