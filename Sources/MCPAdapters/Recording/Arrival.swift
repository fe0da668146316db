package import MCPEvents

/// When a line was read.
package struct Arrival: Hashable, Sendable {
  /// The time of events that state none.
  package let time: UnixTime

  /// A steadily running clock, the same for all processes since the machine started
  /// (`CLOCK_MONOTONIC`), by which calls are measured whose lines state no times; `nil` when a line
  /// was not read as it was written, such as one of an old file.
  package let microseconds: Int64?

  package init(time: UnixTime, microseconds: Int64? = nil) {
    self.time = time
    self.microseconds = microseconds
  }
}
