/// A time as people write it after `--since` and `--until`: a moment, or a period.
///
/// `--since` means the start of what is named and `--until` its end, and the interval between
/// them is half-open: `--since 2026-11 --until 2026-11` is that month. Ages such as `2h`, and
/// times in full, are moments, whose start is their end.
public struct TimeSpec: Hashable, Sendable {
  enum Form: Hashable, Sendable {
    case moment(UnixTime)
    /// So many milliseconds before now.
    case age(Int64)
    /// Seconds of the local clock since its 1970-01-01T00:00:00.
    case local(Range<Int64>)
    /// The local day so many days after today.
    case day(Int64)
  }

  /// The text as it was given.
  public let text: String

  let form: Form

  init(text: String, form: Form) {
    self.text = text
    self.form = form
  }

  /// Returns the first moment of what is named, the meaning after `--since`.
  ///
  /// - Parameters:
  ///   - now: The time to which ages, `now`, `today` and `yesterday` relate.
  ///   - offset: How many seconds the local clock is ahead of UTC at a Unix time in seconds.
  /// - Returns: The moment.
  public func start(now: UnixTime, offset: (_ unixSeconds: Int64) -> Int64) -> UnixTime {
    switch form {
    case .moment(let moment): moment
    case .age(let age): Self.moment(age, before: now)
    case .local(let period): LocalClock.firstMoment(period.lowerBound, offset)
    case .day(let days): LocalClock.startOfDay(days, after: now, offset)
    }
  }

  /// Returns the moment after what is named, the meaning after `--until`.
  ///
  /// - Parameters:
  ///   - now: The time to which ages, `now`, `today` and `yesterday` relate.
  ///   - offset: How many seconds the local clock is ahead of UTC at a Unix time in seconds.
  /// - Returns: The moment.
  public func end(now: UnixTime, offset: (_ unixSeconds: Int64) -> Int64) -> UnixTime {
    switch form {
    case .moment(let moment): moment
    case .age(let age): Self.moment(age, before: now)
    case .local(let period): LocalClock.firstMoment(period.upperBound, offset)
    case .day(let days): LocalClock.startOfDay(days + 1, after: now, offset)
    }
  }

  private static func moment(_ age: Int64, before now: UnixTime) -> UnixTime {
    let (moment, overflow) = now.milliseconds.subtractingReportingOverflow(age)
    return overflow ? .earliest : UnixTime(milliseconds: moment).clamped
  }
}
