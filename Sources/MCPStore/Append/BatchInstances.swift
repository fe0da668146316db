internal import MCPEvents

/// The instances that the events of one batch name, each once.
struct BatchInstances: Sendable {
  /// What the events of one instance add up to.
  struct Entry: Sendable {
    let id: TextSlice
    /// The number that its next event gets; 0 until it is known.
    var nextSequence: Int64 = 0
    /// Whether the row in `instances` has been looked up, or made.
    var isResolved = false
    /// Whether its events are to be refused.
    var isRefused = false
    /// How many of its events are stored.
    var count: Int64 = 0
    var newest = UnixTime(milliseconds: .min)
    /// The event that moves the status last, by time.
    var statusRow: Int?
  }

  private(set) var entries: [Entry] = []
  private var slots: [Int32] = []
  private var last: Int32 = -1

  subscript(index: Int) -> Entry {
    get { entries[index] }
    set { entries[index] = newValue }
  }

  /// Finds the instance of every event of `batch`, and notes it in the event.
  mutating func index(_ batch: inout EventBatch) {
    for row in batch.rows.indices {
      batch.rows[row].instanceIndex = index(of: batch.rows[row].instanceID, batch.bytes.span)
    }
  }

  private mutating func index(of id: TextSlice, _ bytes: Span<UInt8>) -> Int32 {
    let key = bytes.extracting(id.range)
    // Events come in bursts of one agent.
    if last >= 0, bytes.extracting(entries[Int(last)].id.range).equals(key) { return last }
    if entries.count * 2 >= slots.count { grow(bytes) }
    var slot = Int(truncatingIfNeeded: Self.hash(key) & UInt64(slots.count - 1))
    while slots[slot] >= 0 {
      let entry = slots[slot]
      if bytes.extracting(entries[Int(entry)].id.range).equals(key) {
        last = entry
        return entry
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    entries.append(Entry(id: id))
    last = Int32(truncatingIfNeeded: entries.count - 1)
    slots[slot] = last
    return last
  }

  private mutating func grow(_ bytes: Span<UInt8>) {
    slots = Array(repeating: -1, count: max(64, slots.count * 4))
    for (index, entry) in entries.enumerated() {
      let hash = Self.hash(bytes.extracting(entry.id.range))
      var slot = Int(truncatingIfNeeded: hash & UInt64(slots.count - 1))
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(truncatingIfNeeded: index)
    }
  }

  /// FNV-1a (draft-eastlake-fnv), which is short and good enough for ids that differ anywhere.
  private static func hash(_ key: Span<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for index in key.indices {
      hash = (hash ^ UInt64(key[index])) &* 0x100_0000_01B3
    }
    return hash ^ hash >> 32
  }
}
