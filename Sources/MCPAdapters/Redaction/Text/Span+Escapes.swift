/// Questions about JSON escapes, answered also for text that only may be JSON.
extension Span<UInt8> {
  /// How many backslashes stand directly before `index`.
  func backslashes(before index: Int) -> Int {
    var start = index
    while start > 0, self[start - 1] == UInt8(ascii: "\\") { start -= 1 }
    return index - start
  }

  /// Whether a text cut at `index` would be cut inside an escape such as `\n` or `\u003d`.
  func splitsEscape(at index: Int) -> Bool {
    if backslashes(before: index) % 2 == 1 { return true }
    for letter in Swift.max(1, index - 4)..<Swift.max(1, index)
    where self[letter] == UInt8(ascii: "u") && backslashes(before: letter) % 2 == 1 {
      return true
    }
    return false
  }

  /// The index after the backslashes and the one character behind them that begin at `index`.
  func endOfEscape(at index: Int) -> Int {
    var end = index
    while end < count, self[end] == UInt8(ascii: "\\") { end += 1 }
    return Swift.min(end + 1, count)
  }

  /// Whether `start` follows something that is no part of a token: `.foo`, `\nfoo`, `%20foo`.
  func isTokenStart(_ start: Int, after floor: Int) -> Bool {
    guard start > floor, ByteClass.dashedWord.contains(self[start - 1]) else { return true }
    return endsEscape(at: start) || endsPercentCode(at: start) || endsColour(at: start)
  }

  /// Whether what stands before `index` is a JSON escape, however often the JSON was quoted.
  func endsEscape(at index: Int) -> Bool {
    guard index >= 2 else { return false }
    if self[index - 2] == UInt8(ascii: "\\") {
      switch self[index - 1] {
      case UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"), UInt8(ascii: "b"),
        UInt8(ascii: "f"):
        return true
      default: return false
      }
    }
    guard index >= 6, self[index - 6] == UInt8(ascii: "\\"), self[index - 5] == UInt8(ascii: "u")
    else { return false }
    return areHexDigits(index - 4..<index)
  }

  private func endsPercentCode(at index: Int) -> Bool {
    index >= 3 && self[index - 3] == UInt8(ascii: "%") && areHexDigits(index - 2..<index)
  }

  /// Whether an ANSI colour sequence such as `ESC [ 3 2 m` ends before `index`.
  private func endsColour(at index: Int) -> Bool {
    guard self[index - 1] == UInt8(ascii: "m") else { return false }
    var start = index - 1
    while start > 0, index - start < 12,
      ByteClass.digits.contains(self[start - 1]) || self[start - 1] == UInt8(ascii: ";")
    { start -= 1 }
    return start > 0 && self[start - 1] == UInt8(ascii: "[")
  }

  private func areHexDigits(_ range: Range<Int>) -> Bool {
    for index in range where !ByteClass.hexDigits.contains(self[index]) { return false }
    return true
  }
}
