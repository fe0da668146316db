import MCPEvents
import Testing

@Suite struct `JSON text` {
  @Test(arguments: [
    ("", #""""#), ("plain", #""plain""#), ("\"\\/", #""\"\\/""#),
    ("\u{8}\t\n\u{C}\r", #""\b\t\n\f\r""#), ("\0\u{1}\u{B}\u{1F}", #""\u0000\u0001\u000b\u001f""#),
    ("\u{7F}é漢😀\u{2028}", "\"\u{7F}é漢😀\u{2028}\""),
    ("12345678\"12345678\n", #""12345678\"12345678\n""#),
  ])
  func `is written in one canonical form`(text: String, expected: String) {
    #expect(JSONText.quoted(text) == expected)
  }

  @Test(arguments: [1, 1023, 1024, 1025, 100_000])
  func `has room for its escapes, however long it is`(count: Int) {
    let escaped = String(repeating: #"\u0001"#, count: count)
    #expect(JSONText.quoted(String(repeating: "\u{1}", count: count)) == "\"\(escaped)\"")
    let mixed = String(repeating: #"\n"#, count: count) + String(repeating: "a", count: count)
    let text = String(repeating: "\n", count: count) + String(repeating: "a", count: count)
    #expect(JSONText.quoted(text) == "\"\(mixed)\"")
  }

  /// Eight bytes are looked at in one go, the last ones twice: an escape may stand anywhere in them.
  ///
  /// Its neighbours are the bytes that are next to those that must be escaped.
  @Test(arguments: 1...25, [("\"", #"\""#), (#"\"#, #"\\"#), ("\u{1F}", #"\u001f"#)])
  func `is escaped wherever that is needed`(length: Int, mark: (text: String, escape: String)) {
    let neighbours = Array("#]\u{20}\u{7F}".utf8)
    let plain = (0..<length).map { neighbours[$0 % neighbours.count] }
    for first in 0..<length {
      for second in first..<length {
        var (text, expected) = (plain, plain.map { [$0] })
        for index in [first, second] {
          text[index] = Array(mark.text.utf8)[0]
          expected[index] = Array(mark.escape.utf8)
        }
        let quoted = JSONText.quoted(String(decoding: text, as: UTF8.self))
        #expect(Array(quoted.utf8.dropFirst().dropLast()) == Array(expected.joined()))
      }
    }
  }

  @Test func `is read back for every scalar`() {
    let text = String(String.UnicodeScalarView((0...0x10FFFF).compactMap(Unicode.Scalar.init)))
    var output: [UInt8] = []
    JSONText.unescape(Array(JSONText.quoted(text).utf8.dropFirst().dropLast()).span, into: &output)
    #expect(output == Array(text.utf8))
  }

  @Test(arguments: [
    (#"\u00e9"#, "é"), (#"\u00E9x"#, "éx"), (#"\ud83d\ude00"#, "😀"),
    (#"\uDBFF\uDFFF"#, "\u{10FFFF}"),
    (#"\u0000"#, "\0"), (#"\/\"\\"#, #"/"\"#), (#"a\nb"#, "a\nb"), (#"\u0041\u030a"#, "A\u{30A}"),
    (#"\\u0041"#, #"\u0041"#),
  ])
  func `resolves escapes`(escaped: String, expected: String) {
    var output: [UInt8] = []
    JSONText.unescape(Array(escaped.utf8).span, into: &output)
    #expect(output == Array(expected.utf8))
  }

  @Test(arguments: [#"\"#, #"\u"#, #"\u12"#, #"\ud83d"#, #"\ud83d\u0041"#, #"\ude00"#, #"\ud83d\"#])
  func `does not trap on text that was never checked`(escaped: String) {
    var output: [UInt8] = []
    JSONText.unescape(Array(escaped.utf8).span, into: &output)
    #expect(String(validating: output, as: UTF8.self) != nil)
  }
}
