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

  private var records: [CallName: Record] = [:]
  private var order: [CallName] = []
  private var next = 0

  subscript(name: CallName) -> Record? { records[name] }

  mutating func insert(_ name: CallName, _ record: Record) {
    guard records.updateValue(record, forKey: name) == nil else { return }
    if order.count < Self.limit {
      order.append(name)
    } else {
      records[order[next]] = nil
      order[next] = name
      next = (next + 1) % Self.limit
    }
  }
}
