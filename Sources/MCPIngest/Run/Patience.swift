internal import MCPSystem

/// Decides how long the reader waits: for more lines, and after a signal for the end.
struct Patience {
  private let interval: Duration
  private let drain: Duration
  private let isPipe: Bool
  private var oldest: ContinuousClock.Instant?
  private var stoppingSince: ContinuousClock.Instant?

  /// Creates patience of at most `interval` for more lines, and `drain` for the end of a pipe.
  init(interval: Duration, drain: Duration, isPipe: Bool) {
    self.interval = interval
    self.drain = drain
    self.isPipe = isPipe
  }

  /// When to stop waiting for input.
  mutating func deadline(hasPending: Bool) -> ContinuousClock.Instant? {
    if hasPending { oldest = oldest ?? .now } else { oldest = nil }
    let flush = oldest.map { $0 + interval }
    let stop = stoppingSince.map { $0 + drain }
    guard let flush, let stop else { return flush ?? stop }
    return min(flush, stop)
  }

  /// Whether lines have waited long enough while more kept coming.
  mutating func isDue(hasPending: Bool) -> Bool {
    deadline(hasPending: hasPending).map { $0 <= .now } ?? false
  }

  /// Starts anew once nothing waits.
  mutating func note(hasPending: Bool) {
    if !hasPending { oldest = nil }
  }

  /// Whether to stop reading: a file at once, a pipe when its writers had time to end.
  mutating func isOver(stoppingSince request: StopRequest) -> Bool {
    guard isPipe else { return true }
    let since = stoppingSince ?? .now
    stoppingSince = since
    return .now - since >= drain
  }
}
