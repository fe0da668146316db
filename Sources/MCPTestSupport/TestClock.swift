public import MCPStore
internal import Synchronization

/// A clock that tells the time it was set to.
///
///     let clock = TestClock()
///     let store = try await AgentStore.inMemory(clock: clock)
///     clock.advance(by: .seconds(60))
public final class TestClock: Sendable {
  private let time: Mutex<UnixTime>

  /// Creates a clock.
  ///
  /// - Parameter start: The time it tells first: 2026-01-01T00:00:00Z, unless given.
  public init(_ start: UnixTime = UnixTime(milliseconds: 1_767_225_600_000)) {
    time = Mutex(start)
  }

  /// The time it tells.
  public var now: UnixTime {
    get { time.withLock { $0 } }
    set { time.withLock { $0 = newValue } }
  }

  /// Moves it on, or back by a negative amount.
  public func advance(by amount: Duration) {
    let (seconds, attoseconds) = amount.components
    let milliseconds = seconds * 1000 + attoseconds / 1_000_000_000_000_000
    time.withLock { $0 = UnixTime(milliseconds: $0.milliseconds + milliseconds) }
  }
}
