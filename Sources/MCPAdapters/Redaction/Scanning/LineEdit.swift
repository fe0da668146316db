internal import MCPEvents

/// Replaces ranges of a line from left to right, and keeps JSON what it is.
///
/// A replacement is refused unless it lies inside one JSON string and cuts no escape, so that a mark
/// without quotes and backslashes cannot change the structure, whatever a rule believes to see.
struct LineEdit {
  /// Where the last replaced range ends.
  private(set) var end = 0

  /// How many ranges were replaced.
  private(set) var hits = 0

  private let isJSON: Bool
  private var checked = 0
  private var isInString = false

  init(_ line: Span<UInt8>) {
    isJSON = line.mayBeJSON
  }

  /// Whether `range` may be replaced; it does not begin before ``end``.
  mutating func accepts(_ range: Range<Int>, in line: Span<UInt8>) -> Bool {
    guard range.lowerBound >= end, !range.isEmpty, !line.splitsEscape(at: range.lowerBound),
      !line.splitsEscape(at: range.upperBound), !touchesMark(range, in: line)
    else { return false }
    guard isJSON else { return true }
    follow(line, to: range.lowerBound)
    return isInString && !hasQuote(range, in: line)
  }

  mutating func replace(
    _ range: Range<Int>,
    of line: Span<UInt8>,
    with mark: String,
    into output: inout [UInt8]
  ) {
    if hits == 0 { output.removeAll(keepingCapacity: true) }
    hits += 1
    output.append(copying: line.extracting(end..<range.lowerBound))
    output.append(contentsOf: mark.utf8)
    end = range.upperBound
  }

  func finish(_ line: Span<UInt8>, into output: inout [UInt8]) {
    output.append(copying: line.extracting(end..<line.count))
  }

  /// Learns whether `index` lies inside a string; each byte is looked at once in all.
  private mutating func follow(_ line: Span<UInt8>, to index: Int) {
    while checked < index {
      switch line[checked] {
      case UInt8(ascii: "\""):
        isInString.toggle()
        checked += 1
      case UInt8(ascii: "\\"): checked += 2
      default: checked += 1
      }
    }
  }

  private func hasQuote(_ range: Range<Int>, in line: Span<UInt8>) -> Bool {
    var index = range.lowerBound
    while index < range.upperBound {
      switch line[index] {
      case UInt8(ascii: "\""): return true
      case UInt8(ascii: "\\"): index += 2
      default: index += 1
      }
    }
    return false
  }

  private static let markStart = Array(SecretKind.markStart.utf8)
  private static let longestMark = 40

  /// Whether a mark lies in `range` or around its start, so that nothing is redacted twice.
  private func touchesMark(_ range: Range<Int>, in line: Span<UInt8>) -> Bool {
    for start in max(0, range.lowerBound - Self.longestMark)..<range.upperBound
    where line[start] == UInt8(ascii: "[") && line.has(Self.markStart, at: start) {
      let end = line.end(of: .word, from: start + Self.markStart.count, limit: Self.longestMark)
      if end >= range.lowerBound { return true }
    }
    return false
  }
}
