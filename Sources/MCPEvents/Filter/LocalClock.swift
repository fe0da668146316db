/// Turns times of a local clock, which may be set forward and back, into moments.
enum LocalClock {
  private static let day: Int64 = 86_400

  /// The first moment of the local day `days` after the one of `now`.
  static func startOfDay(
    _ days: Int64,
    after now: UnixTime,
    _ offset: (Int64) -> Int64
  ) -> UnixTime {
    let seconds = now.milliseconds.flooredQuotient(by: 1000)
    let today = (seconds + offset(seconds)).flooredQuotient(by: day)
    return firstMoment((today + days) * day, offset)
  }

  /// The first moment at which the local clock shows `local` seconds or more.
  ///
  /// Where the clock was set back over it, that is the earlier of two moments; where it was set
  /// forward over it, the moment of the change.
  static func firstMoment(_ local: Int64, _ offset: (Int64) -> Int64) -> UnixTime {
    // No offset is larger than a day, so that these are valid before and after.
    let candidates = [offset(local - day), offset(local + day)].map { local - $0 }
    let seconds =
      candidates.filter { $0 + offset($0) == local }.min()
      ?? change(over: local, candidates, offset)
    return UnixTime(milliseconds: seconds * 1000).clamped
  }

  /// The moment at which the clock is set forward over `local`.
  private static func change(
    over local: Int64,
    _ candidates: [Int64],
    _ offset: (Int64) -> Int64
  ) -> Int64 {
    var before = (candidates.min() ?? local) - day
    var after = (candidates.max() ?? local) + day
    while after - before > 1 {
      let middle = before + (after - before) / 2
      if middle + offset(middle) >= local { after = middle } else { before = middle }
    }
    return after
  }
}

extension UnixTime {
  /// The moment, or the nearest one that can be written.
  var clamped: Self { min(max(self, .earliest), .latest) }
}
