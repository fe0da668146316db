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

  /// What pairs are part of: entries, and the third bytes of these, by their lowest six bits.
  private struct List: Sendable {
    var followers: UInt64 = 0
    var predecessors: UInt64 = 0
    var entries: Range<Int> = 0..<0
  }

  /// For each pair of bytes the number of its list; 0 is the empty list.
  private var numbers: [UInt8]
  private var lists: [List] = []
  private var entries: [Entry] = []

  private static let numberOfPairs = 0x1_0000
  private static let blockLength = 8

  /// Creates a table of the trigrams of each rule.
  init(_ trigrams: [[Trigram]]) {
    numbers = Array(repeating: 0, count: Self.numberOfPairs)
    var contents: [[Entry]] = [[]]
    for (rule, trigrams) in trigrams.enumerated() {
      for trigram in trigrams {
        insert(Entry(trigram: trigram, isTail: false, rule: rule), at: trigram.head, &contents)
        insert(Entry(trigram: trigram, isTail: true, rule: rule), at: trigram.tail, &contents)
      }
    }
    for list in contents {
      append(list)
    }
  }

  /// Gives each pair a list of its own, and when there are no more, the last one: that costs time
  /// and no match.
  private mutating func insert(_ entry: Entry, at pair: Int, _ contents: inout [[Entry]]) {
    if numbers[pair] == 0 {
      if contents.count <= UInt8.max { contents.append([]) }
      numbers[pair] = UInt8(contents.count - 1)
    }
    contents[Int(numbers[pair])].append(entry)
  }

  private mutating func append(_ contents: [Entry]) {
    var list = List(entries: entries.count..<entries.count + contents.count)
    for entry in contents {
      if entry.isTail {
        list.predecessors |= Self.bit(of: entry.trigram.first)
      } else {
        list.followers |= Self.bit(of: entry.trigram.third)
      }
    }
    lists.append(list)
    entries += contents
  }

  @inline(__always)
  private static func bit(of byte: UInt8) -> UInt64 { 1 &<< UInt64(byte) }

  /// The first of the pairs at `start`, `start` + 2, … that seems to be part of something.
  @inline(__always)
  func firstPair(in line: Span<UInt8>, from start: Int) -> Int? {
    precondition(numbers.count == Self.numberOfPairs, "every pair has a list")
    var index = start
    let lastBlock = line.count - Self.blockLength
    while true {
      while index <= lastBlock {
        // A span of a known length needs no check for each of its bytes.
        let block = line.extracting(index..<index &+ Self.blockLength)
        let first = number(in: block, at: 0) | number(in: block, at: 2)
        if first | number(in: block, at: 4) | number(in: block, at: 6) != 0 { break }
        index &+= Self.blockLength
      }
      let end = min(index + Self.blockLength, line.count - 1)
      while index < end {
        let list = number(in: line, at: index)
        if list != 0, mayContinue(lists[Int(list)], in: line, at: index) { return index }
        index &+= 2
      }
      if index >= line.count - 1 { return nil }
    }
  }

  @inline(__always)
  private func number(in line: Span<UInt8>, at index: Int) -> UInt8 {
    numbers[Int(line[index]) | Int(line[index &+ 1]) << 8]
  }

  /// Whether the byte before or after the pair at `index` may be the third of an entry.
  @inline(__always)
  private func mayContinue(_ list: List, in line: Span<UInt8>, at index: Int) -> Bool {
    index + 2 < line.count && list.followers & Self.bit(of: line[index + 2]) != 0
      || index > 0 && list.predecessors & Self.bit(of: line[index - 1]) != 0
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
    for position in lists[Int(number(in: line, at: index))].entries {
      let entry = entries[position]
      guard entry.trigram == (entry.isTail ? tail : head) else { continue }
      guard body(entry.rule, entry.isTail ? index - 1 : index) else { return }
    }
  }
}
