internal import MCPEvents

/// Replaces what a set of rules finds in a line.
struct SecretScanner: Sendable {
  private let rules: [SecretRule]
  private let table: TriggerTable

  init(_ rules: [SecretRule]) {
    self.rules = rules
    table = TriggerTable(rules.map(\.trigrams))
  }

  /// Writes `line` with marks in place of its secrets, and nothing when it has none.
  ///
  /// - Parameters:
  ///   - line: The line.
  ///   - output: Becomes the result; without a hit it is not touched.
  ///   - counts: Where the hits are counted.
  /// - Returns: The number of hits.
  func replace(
    in line: Span<UInt8>,
    into output: inout [UInt8],
    counting counts: inout RedactionCounts
  ) -> Int {
    var index = 0
    var hits = 0
    var edit = LineEdit(line)
    while let pair = table.firstPair(in: line, from: index) {
      guard let match = match(in: line, at: pair, after: edit.end),
        edit.accepts(match.range, in: line)
      else {
        index = pair + 2
        continue
      }
      if hits == 0 { output.removeAll(keepingCapacity: true) }
      edit.replace(match.range, of: line, with: match.kind.mark, into: &output)
      counts.add(match.kind)
      hits += 1
      index = max(match.range.upperBound, pair)
    }
    if hits > 0 { edit.finish(line, into: &output) }
    return hits
  }

  private func match(in line: Span<UInt8>, at pair: Int, after floor: Int) -> SecretMatch? {
    var match: SecretMatch?
    table.forEachCandidate(in: line, at: pair) { rule, start in
      guard start >= floor else { return true }
      match = rules[rule].match(in: line, at: start, after: floor)
      return match == nil
    }
    return match
  }
}
