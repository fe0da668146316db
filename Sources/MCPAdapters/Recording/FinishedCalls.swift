/// The calls of a stream that have their result, so that repetitions are known as such.
///
/// It remembers the last few thousand.
struct FinishedCalls: Sendable {
  private static let limit = 8192

  struct Record: Sendable {
    let fingerprint: Fingerprint
    let source: String
    /// How many calls of this name there were.
    var ordinal = 1
  }

  private var records: [CallName: (record: Record, turn: UInt64)] = [:]
  /// The names in the order in which they were noted, also of those that were noted again since.
  private var order: [(name: CallName, turn: UInt64)] = []
  private var head = 0
  private var turn: UInt64 = 0

  subscript(name: CallName) -> Record? { records[name]?.record }

  mutating func insert(_ name: CallName, _ record: Record) {
    turn += 1
    records[name] = (record, turn)
    order.append((name, turn))
    while records.count > Self.limit { forgetOldest() }
    if order.count > 4 * Self.limit { compact() }
  }

  private mutating func forgetOldest() {
    let oldest = order[head]
    head += 1
    if records[oldest.name]?.turn == oldest.turn { records[oldest.name] = nil }
  }

  private mutating func compact() {
    order = order[head...].filter { records[$0.name]?.turn == $0.turn }
    head = 0
  }
}
