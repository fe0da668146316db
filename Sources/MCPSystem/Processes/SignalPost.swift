/// Decides which signals are passed on to a child that is in this process's group.
///
/// A signal waits a moment for the witness's word; one that the witness got as well was for the
/// whole group, and the child has it already. Tests drive it without signals or time.
struct SignalPost {
  /// How long after a signal the witness is asked.
  ///
  /// Those who signal a whole group one process after the other, as `timeout` and systemd do, are
  /// done by then.
  static let settlingTime = Duration.milliseconds(20)
  /// How long the witness's answer is waited for.
  static let patience = Duration.milliseconds(500)

  private var waiting: [Signal] = []
  private var asked: [Signal] = []
  /// When the next thing is to be done; nil while there is nothing to do.
  private(set) var deadline: ContinuousClock.Instant?

  /// A signal has come.
  mutating func receive(_ signal: Signal, at now: ContinuousClock.Instant) {
    guard !waiting.contains(signal) else { return }
    waiting.append(signal)
    deadline = deadline ?? now + Self.settlingTime
  }

  /// Forgets signals by which a terminal stops programs, because the child has stopped.
  mutating func forgetStops() {
    waiting.removeAll(where: \.isTerminalStop)
    asked.removeAll(where: \.isTerminalStop)
    if waiting.isEmpty, asked.isEmpty { deadline = nil }
  }

  /// What is to be done at a moment.
  enum Action: Equatable {
    case nothing
    case askWitness
    /// The witness does not answer, so these are passed on.
    case pass([Signal])
  }

  /// What is to be done now.
  mutating func action(at now: ContinuousClock.Instant) -> Action {
    guard let due = deadline, now >= due else { return .nothing }
    guard asked.isEmpty else { return .pass(settle(groupSignals: 0, at: now)) }
    asked = waiting
    waiting = []
    deadline = now + Self.patience
    return .askWitness
  }

  /// Learns what the witness got.
  ///
  /// - Parameters:
  ///   - groupSignals: The numbers of its signals as bits.
  ///   - now: The moment.
  /// - Returns: The signals to pass on.
  mutating func settle(groupSignals: UInt64, at now: ContinuousClock.Instant) -> [Signal] {
    defer { asked = [] }
    // A signal that came again since the question is covered by the same answer.
    let isForGroup: (Signal) -> Bool = { groupSignals >> UInt64($0.number) & 1 == 1 }
    waiting.removeAll(where: isForGroup)
    deadline = waiting.isEmpty ? nil : now + Self.settlingTime
    return asked.filter { !isForGroup($0) }
  }
}
