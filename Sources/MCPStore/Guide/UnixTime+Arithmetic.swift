public import MCPEvents

extension UnixTime {
  /// The moment `duration` after another, in whole milliseconds.
  public static func + (time: Self, duration: Duration) -> Self {
    Self(milliseconds: time.milliseconds + duration.wholeMilliseconds)
  }

  /// The moment `duration` before another, in whole milliseconds.
  public static func - (time: Self, duration: Duration) -> Self {
    Self(milliseconds: time.milliseconds - duration.wholeMilliseconds)
  }
}
