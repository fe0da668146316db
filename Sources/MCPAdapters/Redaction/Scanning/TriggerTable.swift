/// Finds the places where a rule may apply, at half a look-up a byte.
///
/// Whatever a rule finds has three known bytes somewhere. The scan looks at every second pair of
/// bytes only: of three bytes in a row, either the first two or the last two are such a pair. One
/// table says for each of the 65,536 pairs whether it is part of anything; almost none is, and the
/// table's entries that ordinary text touches stay in the first-level cache.
struct TriggerTable: Sendable {
  private struct Entry: Sendable {
    let trigram: Trigram
    let isTail: Bool
    let rule: Int
  }

  /// For each pair of bytes the list of its entries; 0 is the empty list.
  private var lists: [UInt8]
  private var entries: [[Entry]] = [[]]

  init() {
    lists = Array(repeating: 0, count: 0x1_0000)
  }

  mutating func insert(_ trigram: Trigram, for rule: Int) {
    insert(Entry(trigram: trigram, isTail: false, rule: rule), at: trigram.head)
    insert(Entry(trigram: trigram, isTail: true, rule: rule), at: trigram.tail)
  }

  private mutating func insert(_ entry: Entry, at pair: Int) {
    if lists[pair] == 0 { lists[pair] = nextList() }
    entries[Int(lists[pair])].append(entry)
  }

  private var lastList: UInt8 = 0

  /// A list of its own while there are any; then pairs share one, which costs time and no match.
  private mutating func nextList() -> UInt8 {
    lastList = lastList == .max ? 1 : lastList + 1
    if entries.count <= Int(lastList) { entries.append([]) }
    return lastList
  }

  /// The first of the pairs at `start`, `start` + 2, … that is part of something.
  @inline(__always)
  func firstPair(in line: Span<UInt8>, from start: Int) -> Int? {
    let last = line.count - 1
    var index = start
    while index < last {
      if lists[Int(line[index]) | Int(line[index + 1]) << 8] != 0 { return index }
      index += 2
    }
    return nil
  }

  /// Calls `body` with each rule and the start of its three bytes at the pair at `index`.
  @inline(__always)
  func forEachCandidate(
    in line: Span<UInt8>,
    at index: Int,
    _ body: (_ rule: Int, _ start: Int) -> Bool
  ) {
    let (first, second) = (line[index], line[index + 1])
    let head = index + 2 < line.count ? Trigram(first, second, line[index + 2]) : .none
    let tail = index > 0 ? Trigram(line[index - 1], first, second) : .none
    for entry in entries[Int(lists[Int(first) | Int(second) << 8])] {
      let found = entry.isTail ? tail : head
      guard entry.trigram == found else { continue }
      guard body(entry.rule, entry.isTail ? index - 1 : index) else { return }
    }
  }
}
