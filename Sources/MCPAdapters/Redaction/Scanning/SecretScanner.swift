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
    var edit = LineEdit(line)
    replace(in: line, from: 0, with: &edit, into: &output, counting: &counts)
    if edit.hits > 0 { edit.finish(line, into: &output) }
    return edit.hits
  }

  /// Replaces what is found from `start` on in `text`, the line up to some byte.
  private func replace(
    in text: Span<UInt8>,
    from start: Int,
    with edit: inout LineEdit,
    into output: inout [UInt8],
    counting counts: inout RedactionCounts
  ) {
    var index = start
    while let pair = table.firstPair(in: text, from: index) {
      index = pair + 2
      guard let match = match(in: text, at: pair, after: edit.end) else { continue }
      if match.range.lowerBound > index {
        // A password may stand behind a user that is a token: what comes first is replaced first.
        let before = text.extracting(0..<match.range.lowerBound)
        replace(in: before, from: index, with: &edit, into: &output, counting: &counts)
      }
      guard edit.accepts(match.range, in: text) else { continue }
      edit.replace(match.range, of: text, with: match.kind.mark, into: &output)
      counts.add(match.kind)
      index = max(match.range.upperBound, pair)
    }
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
