/// A private key in PEM armour, its line ends as they are or as JSON escapes.
enum PrivateKeyBlock {
  static let trigrams = [Trigram](of: "-BE")

  private static let dashes = Array("-----".utf8)
  private static let beginning = Array("-----BEGIN ".utf8)
  private static let ending = Array("-----END ".utf8)
  private static let labels = ["PRIVATE KEY-----", "PRIVATE KEY BLOCK-----"].map { Array($0.utf8) }

  private static let longestLabel = 32
  private static let longestBlock = 65_536

  /// How many characters of base64 in a row make it a key, and not a mention of one.
  private static let minimumRun = 32

  static func match(in line: Span<UInt8>, at start: Int, after floor: Int) -> SecretMatch? {
    let start = start - dashes.count + 1
    guard start >= floor, let body = endOfLabel(in: line, from: start) else { return nil }
    return endOfBlock(in: line, from: body)
      .map { SecretMatch(range: start..<$0, kind: .privateKey) }
  }

  /// The index after `-----BEGIN … PRIVATE KEY-----` at `start`.
  static func endOfLabel(in line: Span<UInt8>, from start: Int) -> Int? {
    guard line.has(beginning, at: start) else { return nil }
    let first = start + beginning.count
    for index in first..<max(first, min(first + longestLabel, line.count)) {
      guard line[index] != UInt8(ascii: "-") else { return nil }
      for label in labels where line.has(label, at: index) { return index + label.count }
    }
    return nil
  }

  /// The end of the block: its last line, or as much of the base64 as there is.
  private static func endOfBlock(in line: Span<UInt8>, from start: Int) -> Int? {
    let limit = min(start + longestBlock, line.count)
    var index = start
    var longestRun = 0
    var lastRun = start
    while index < limit {
      let run = line.end(of: .base64, from: index, limit: limit - index)
      if run - index >= 4 { lastRun = run }
      longestRun = max(longestRun, run - index)
      guard run < limit else { break }
      if line[run] == UInt8(ascii: "-"), line.has(dashes, at: run) {
        guard longestRun >= minimumRun, line.has(ending, at: run) else { break }
        return endOfLastLine(in: line, from: run) ?? lastRun
      }
      guard let next = endOfBreak(in: line, at: run) else { break }
      index = next
    }
    return longestRun >= minimumRun ? lastRun : nil
  }

  /// The index after what may stand between two runs of base64; `nil` where the string ends.
  private static func endOfBreak(in line: Span<UInt8>, at index: Int) -> Int? {
    guard line[index] != UInt8(ascii: "\"") else { return nil }
    guard line[index] == UInt8(ascii: "\\") else { return index + 1 }
    let end = line.endOfEscape(at: index)
    return line[end - 1] == UInt8(ascii: "\"") ? nil : end
  }

  private static func endOfLastLine(in line: Span<UInt8>, from start: Int) -> Int? {
    let first = start + ending.count
    for index in first..<max(first, min(first + longestLabel + 16, line.count))
    where line.has(dashes, at: index) {
      return index + dashes.count
    }
    return nil
  }
}

extension ByteClass {
  /// The alphabet of base64 and its padding.
  static let base64 = Self(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=".utf8
  )
}
