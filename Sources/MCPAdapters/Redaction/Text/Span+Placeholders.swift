extension Span<UInt8> {
  private static let words: [[UInt8]] = [
    "example", "placeholder", "changeme", "change_me", "change-me", "your", "redacted", "xxxx",
    "****", "...", "dummy", "insert", "replace", "todo", "undefined", "environ", "getenv",
    "process.", "secrets.", "env.", "vars.", "_here", "-here", "not-a-", "not_a_", "notreal",
    "sample", "fake", "mock",
  ].map { Array($0.utf8) }

  /// Whether `range` says that the real value stands elsewhere: `<token>`, `${TOKEN}`, `your-key`.
  func isPlaceholder(_ range: Range<Int>) -> Bool {
    guard let first = range.first, let last = range.last else { return true }
    switch (self[first], self[last]) {
    case (UInt8(ascii: "$"), _), (UInt8(ascii: "<"), UInt8(ascii: ">")),
      (UInt8(ascii: "{"), UInt8(ascii: "}")), (UInt8(ascii: "["), UInt8(ascii: "]")),
      (UInt8(ascii: "("), UInt8(ascii: ")")), (UInt8(ascii: "%"), UInt8(ascii: "%")):
      return true
    default: break
    }
    let start = range.prefix(Self.inspectedLength)
    return has("${", in: start) || has("{{", in: start) || has("%(", in: start)
      || has("://", in: range)
      || Self.words.contains { containsFolded($0, in: start) }
  }

  /// How much of a value is looked at for words that give it away.
  private static var inspectedLength: Int { 256 }

  private func has(_ text: String, in range: Range<Int>) -> Bool {
    containsFolded(Array(text.utf8), in: range)
  }
}
