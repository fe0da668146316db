import MCPEvents
import Testing

@Suite struct `Glob patterns` {
  @Test(arguments: [
    ("", "", true), ("", "a", false), ("a", "a", true), ("a", "", false), ("a", "A", false),
    ("*", "", true), ("*", "a/b\n", true), ("**", "abc", true), ("a*", "a", true),
    ("a*c", "abbc", true),
    ("a*c", "abcb", false), ("*.ts", "src/main.ts", true), ("*.ts", "src/main.tsx", false),
    ("?", "a", true), ("?", "", false), ("?", "ab", false), ("?", "é", true), ("?", "😀", true),
    ("??", "é", false), ("*??", "€", false), ("*?", "€", true), ("é*", "éa", true),
    ("*é", "aé", true),
    ("mcp__*__edit_*", "mcp__fs__edit_file", true), ("*a*b*c*", "xaxbxcx", true),
    ("*a*b*c*", "xaxcxbx", false),
    ("[abc]", "b", true), ("[abc]", "d", false), ("[abc]", "", false), ("[a-c]x", "bx", true),
    ("[a-c]", "-", false), ("[a-]", "-", true), ("[-a]", "-", true), ("[!abc]", "d", true),
    ("[!abc]", "a", false), ("[^abc]", "d", true), ("[!abc]", "", false), ("[]a]", "]", true),
    ("[!]a]", "]", false), ("[!]a]", "b", true), ("[é-ü]", "ö", true), ("[!a]", "é", true),
    ("[é]", "è", false),
    ("[\\]]", "]", true), ("[\\-a]", "-", true), ("[z-a]", "m", false), ("[*?]", "*", true),
    ("[*?]", "x", false),
    ("[abc", "[abc", true), ("[abc", "a", false), ("a[", "a[", true), ("[!", "[!", true),
    ("[]", "[]", true),
    ("\\*", "*", true), ("\\*", "a", false), ("\\?", "?", true), ("\\[a]", "[a]", true),
    ("\\\\", "\\", true),
    ("a\\", "a\\", true), ("\\a", "a", true), ("\\é", "é", true), ("a\0*", "a\0b", true),
  ])
  func `matches whole texts`(pattern: String, text: String, expected: Bool) {
    #expect(Glob(pattern).matches(text) == expected)
  }

  @Test(
    arguments: [
      ("?", [0xFF], true), ("a?c", [0x61, 0xE2, 0x63], true), ("??", [0xE2, 0x82], true),
      ("[a-z]", [0xFF], false), ("[!a-z]", [0xFF], true), ("*", [0x80, 0xC3], true),
    ] as [(String, [UInt8], Bool)]
  )
  func `takes a byte that is no UTF-8 for one character`(
    pattern: String,
    text: [UInt8],
    expected: Bool
  ) {
    let isMatch = Glob(pattern).matches(text.span)
    #expect(isMatch == expected)
  }

  @Test(arguments: [
    ("abc", "abc", "abc"), ("", "", ""), ("a\\*b", "a*b", "a*b"), ("abc*", nil, "abc"),
    ("*", nil, ""),
    ("a?c", nil, "a"), ("a[b]", nil, "a"), ("a[b", "a[b", "a[b"), ("é*", nil, "é"),
  ])
  func `knows what every match begins with`(pattern: String, literal: String?, prefix: String) {
    #expect(Glob(pattern).literal == literal)
    #expect(Glob(pattern).literalPrefix == prefix)
  }

  @Test(arguments: seeds)
  func `matches as its definition says`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let parts = ["a", "b", "*", "?", "[ab]", "[!a]", "é", "\\*", "*a"]
    let letters = ["a", "b", "é", "*"]
    var matches = 0
    for _ in 0..<4000 {
      let pattern = (0..<Int.random(in: 0...6, using: &random)).map { _ in random.pick(parts) }
      let text = (0..<Int.random(in: 0...6, using: &random)).map { _ in random.pick(letters) }
      let expected = Self.isMatch(pattern.flatMap(Self.split)[...], text[...])
      let (glob, joined) = (Glob(pattern.joined()), text.joined())
      if glob.matches(joined) != expected { Issue.record("\(glob.pattern) \(joined)") }
      if expected {
        matches += 1
        if !joined.hasPrefix(glob.literalPrefix) { Issue.record("\(glob.pattern) \(joined)") }
      }
    }
    #expect(matches > 200)
  }

  private static func split(_ part: String) -> [String] { part == "*a" ? ["*", "a"] : [part] }

  /// The definition, by recursion over elements and characters.
  private static func isMatch(_ pattern: ArraySlice<String>, _ text: ArraySlice<String>) -> Bool {
    guard let element = pattern.first else { return text.isEmpty }
    if element == "*" {
      return isMatch(pattern.dropFirst(), text)
        || !text.isEmpty && isMatch(pattern, text.dropFirst())
    }
    guard let character = text.first else { return false }
    let fits =
      switch element {
      case "?": true
      case "[ab]": character == "a" || character == "b"
      case "[!a]": character != "a"
      case "\\*": character == "*"
      default: character == element
      }
    return fits && isMatch(pattern.dropFirst(), text.dropFirst())
  }

  @Test(.timeLimit(.minutes(1)))
  func `does not explode`() {
    let text = String(repeating: "a", count: 10_000)
    #expect(!Glob(String(repeating: "*a", count: 200) + "b").matches(text))
  }
}
