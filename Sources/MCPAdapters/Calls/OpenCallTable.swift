/// The calls of a stream that may still get a result, or a better one.
///
/// Its memory is bounded: the oldest calls make room for new ones.
struct OpenCallTable: Sendable {
  /// How many calls may be open at once.
  static let openLimit = 4096
  /// How many calls that have ended are kept for a better record.
  private static let endedLimit = 512
  /// How many bytes all calls may take.
  static let sizeLimit = 16 << 20
  /// Above this arguments are not kept whole.
  static let comfortableSize = 8 << 20

  private var entries: [CallName: OpenCallEntry] = [:]
  private var pairings: [String: [CallName]] = [:]
  /// The names in the order in which their calls began, and of calls that are gone.
  private var order: [(sequence: UInt64, name: CallName)] = []
  private var head = 0
  private var nextSequence: UInt64 = 1
  private(set) var size = 0
  private(set) var openCount = 0

  subscript(name: CallName) -> OpenCallEntry? { entries[name] }

  /// The call that a line means which says `pairing`: the oldest open one, else the newest.
  func paired(_ pairing: String) -> OpenCallEntry? {
    let candidates = (pairings[pairing] ?? []).compactMap { entries[$0] }
    return candidates.first(where: \.isOpen) ?? candidates.last
  }

  /// Adds a call, or replaces the one of its name.
  mutating func insert(_ entry: OpenCallEntry) {
    remove(entry.facts.name)
    var entry = entry
    entry.sequence = nextSequence
    nextSequence += 1
    order.append((entry.sequence, entry.facts.name))
    if let pairing = entry.facts.pairing { pairings[pairing, default: []].append(entry.facts.name) }
    add(entry)
  }

  /// Changes what is known of a call.
  mutating func update(_ entry: OpenCallEntry) {
    guard let old = entries[entry.facts.name] else { return }
    subtract(old)
    add(entry)
  }

  /// Forgets a call.
  mutating func remove(_ name: CallName) {
    guard let old = entries.removeValue(forKey: name) else { return }
    subtract(old)
    if let pairing = old.facts.pairing {
      pairings[pairing]?.removeAll { $0 == name }
      if pairings[pairing]?.isEmpty == true { pairings[pairing] = nil }
    }
    if order.count > 1024, order.count > 4 * entries.count { compact() }
  }

  /// The oldest call, if there are more than there may be.
  mutating func overflowing() -> OpenCallEntry? {
    if entries.count - openCount > Self.endedLimit { return oldest { !$0.isOpen } }
    let isTooLarge = size > Self.sizeLimit && entries.count > 1
    guard openCount > Self.openLimit || isTooLarge else { return nil }
    return oldest { _ in true }
  }

  private mutating func oldest(where isWanted: (OpenCallEntry) -> Bool) -> OpenCallEntry? {
    while head < order.count, entries[order[head].name]?.sequence != order[head].sequence {
      head += 1
    }
    for (sequence, name) in order[head...] {
      if let entry = entries[name], entry.sequence == sequence, isWanted(entry) { return entry }
    }
    return nil
  }

  /// All calls in the order in which they began.
  var inOrder: [OpenCallEntry] {
    order[head...].compactMap { item in
      entries[item.name].flatMap { $0.sequence == item.sequence ? $0 : nil }
    }
  }

  private mutating func add(_ entry: OpenCallEntry) {
    entries[entry.facts.name] = entry
    size += entry.size
    if entry.isOpen { openCount += 1 }
  }

  private mutating func subtract(_ entry: OpenCallEntry) {
    size -= entry.size
    if entry.isOpen { openCount -= 1 }
  }

  private mutating func compact() {
    order = order[head...].filter { entries[$0.name]?.sequence == $0.sequence }
    head = 0
  }
}
