/// Reads the text of a ``SecretPattern``.
struct PatternReader {
  private let text: Substring
  private var rest: Substring.UTF8View

  init(_ text: Substring) {
    self.text = text
    rest = text.utf8
  }

  mutating func parts() throws(RedactionPolicyError) -> [SecretPattern.Part] {
    var parts: [SecretPattern.Part] = []
    while let byte = rest.popFirst() {
      let (bytes, count) = try element(startingWith: byte)
      let counts = try repetition() ?? count
      if bytes.count == 1, counts.lowerBound == counts.upperBound, counts.upperBound <= 8 {
        parts += Array(
          repeating: SecretPattern.Part(bytes: bytes, count: 1...1),
          count: counts.upperBound
        )
      } else {
        parts.append(SecretPattern.Part(bytes: bytes, count: counts))
      }
    }
    return parts
  }

  private mutating func element(
    startingWith byte: UInt8
  ) throws(RedactionPolicyError) -> (ByteClass, ClosedRange<Int>) {
    switch byte {
    case UInt8(ascii: "["): (try characterClass(), 1...1)
    case UInt8(ascii: "?"): (.credential, 1...1)
    case UInt8(ascii: "*"): (.credential, 0...SecretPattern.maximumCount)
    case UInt8(ascii: "\\"): (ByteClass([try member(rest.popFirst())]), 1...1)
    case UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"):
      throw failure("'\(Character(Unicode.Scalar(byte)))' stands alone; write a '\\' before it")
    default: (ByteClass([try member(byte)]), 1...1)
    }
  }

  private mutating func characterClass() throws(RedactionPolicyError) -> ByteClass {
    let isNegated = rest.first == UInt8(ascii: "^")
    if isNegated { rest.removeFirst() }
    var members = ByteClass()
    while let byte = rest.popFirst(), byte != UInt8(ascii: "]") {
      let first = try member(byte == UInt8(ascii: "\\") ? rest.popFirst() : byte)
      let last = try endOfRange(from: first)
      for byte in first...last where ByteClass.printable.contains(byte) || byte == 0x20 {
        members.insert(byte)
      }
      guard !rest.isEmpty else { throw failure("a '[' has no ']'") }
    }
    let bytes = isNegated ? ByteClass.printable.subtracting(members) : members
    guard bytes.count > 0 else { throw failure("a class has no characters") }
    return bytes
  }

  private mutating func endOfRange(from first: UInt8) throws(RedactionPolicyError) -> UInt8 {
    guard rest.first == UInt8(ascii: "-"), rest.dropFirst().first != UInt8(ascii: "]") else {
      return first
    }
    rest.removeFirst()
    let last = try member(rest.popFirst())
    guard first <= last else { throw failure("a range of a class runs backwards") }
    return last
  }

  private func member(_ byte: UInt8?) throws(RedactionPolicyError) -> UInt8 {
    guard let byte else { throw failure("it ends too early") }
    guard ByteClass.printable.contains(byte) || byte == 0x20 else {
      throw failure("quotes, backslashes and what is not printable ASCII cannot be found")
    }
    return byte
  }

  private mutating func repetition() throws(RedactionPolicyError) -> ClosedRange<Int>? {
    guard rest.first == UInt8(ascii: "{") else { return nil }
    rest.removeFirst()
    guard let end = rest.firstIndex(of: UInt8(ascii: "}")) else {
      throw failure("a '{' has no '}'")
    }
    let words = Substring(rest[..<end]).split(
      separator: ",",
      maxSplits: 1,
      omittingEmptySubsequences: false
    )
    rest = rest[rest.index(after: end)...]
    guard let lower = Int(words[0]),
      let upper = words.count == 1
        ? lower : words[1].isEmpty ? SecretPattern.maximumCount : Int(words[1]),
      lower >= 0, lower <= upper, upper >= 1, upper <= SecretPattern.maximumCount
    else {
      throw failure("write '{20}', '{20,40}' or '{20,}' with at most \(SecretPattern.maximumCount)")
    }
    return lower...upper
  }

  private func failure(_ reason: String) -> RedactionPolicyError {
    RedactionPolicyError(.badPattern, "the pattern '\(text)' cannot be read: \(reason)")
  }
}
