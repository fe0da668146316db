internal import ArgumentParser
internal import MCPSystem

/// Which clock times are read and shown by.
struct TimeZoneOptions: ParsableArguments {
  @Flag(help: "Read and show times in UTC instead of the local zone.")
  var utc = false

  /// How many seconds that clock is ahead of UTC at a moment.
  func offset(atUnixSeconds seconds: Int64) -> Int64 {
    utc ? 0 : LocalTimeZone.offset(atUnixSeconds: seconds)
  }
}
