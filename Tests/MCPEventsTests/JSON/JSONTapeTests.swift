import MCPEvents
import Testing

@Suite struct `JSON scanner` {
  private func error(_ bytes: [UInt8]) -> JSONError? {
    var tape = JSONTape()
    do throws(JSONError) {
      try tape.scan(bytes.span)
      return nil
    } catch {
      return error
    }
  }

  private func error(_ text: String) -> JSONError? { error(Array(text.utf8)) }

  @Test(arguments: [
    "null", " true ", "false\r", "0", "-0", "10", "-1.5e+10", "1E5", "1e05", "0.0", "\"\"", "[]",
    "{}", "[[],{}]", #"{"a":{"a":[1,"2",null]}}"#, "\t[ 1 ,\n2 ]\r\n", #""\u00e9\/\b\f\n\r\t\"\\""#,
    #""\ud83d\ude00""#, "\"\u{7F}\u{80}\u{D7FF}\u{E000}\u{FFFF}\u{10FFFF}\"", #"{"":0,"":0}"#,
  ])
  func `takes every form of value`(text: String) {
    #expect(error(text) == nil)
  }

  @Test(arguments: [
    ("", JSONError(.empty, at: 0)), (" \t\r\n", JSONError(.empty, at: 4)),
    ("{", JSONError(.truncated, at: 1)), ("[1,", JSONError(.truncated, at: 3)),
    ("tru", JSONError(.truncated, at: 3)), ("nul", JSONError(.truncated, at: 3)),
    ("-", JSONError(.truncated, at: 0)), ("1.", JSONError(.truncated, at: 0)),
    ("1e", JSONError(.truncated, at: 0)), ("1e-", JSONError(.truncated, at: 0)),
    ("\"a", JSONError(.truncated, at: 2)), ("\"\\", JSONError(.truncated, at: 2)),
    (#""\u12"#, JSONError(.truncated, at: 5)), (#""\ud83d"#, JSONError(.truncated, at: 7)),
    (#""\ud83d\"#, JSONError(.truncated, at: 8)), (#""\ud83d\ud"#, JSONError(.truncated, at: 10)),
    (#"{"a""#, JSONError(.truncated, at: 4)), (#"{"a":"#, JSONError(.truncated, at: 5)),
    ("trUe", JSONError(.unexpectedByte, at: 2)), ("None", JSONError(.unexpectedByte, at: 0)),
    ("NaN", JSONError(.unexpectedByte, at: 0)), ("+1", JSONError(.unexpectedByte, at: 0)),
    (".5", JSONError(.unexpectedByte, at: 0)), ("'a'", JSONError(.unexpectedByte, at: 0)),
    ("[1,]", JSONError(.unexpectedByte, at: 3)), (#"{"a":1,}"#, JSONError(.unexpectedByte, at: 7)),
    ("[,1]", JSONError(.unexpectedByte, at: 1)), ("[1 2]", JSONError(.unexpectedByte, at: 3)),
    ("[1}", JSONError(.unexpectedByte, at: 2)), (#"{"a":1]"#, JSONError(.unexpectedByte, at: 6)),
    ("{1:2}", JSONError(.unexpectedByte, at: 1)), (#"{"a" 1}"#, JSONError(.unexpectedByte, at: 5)),
    ("{]", JSONError(.unexpectedByte, at: 1)), ("]", JSONError(.unexpectedByte, at: 0)),
    ("{} {}", JSONError(.trailingBytes, at: 3)), ("1 2", JSONError(.trailingBytes, at: 2)),
    ("nullx", JSONError(.trailingBytes, at: 4)), ("[]]", JSONError(.trailingBytes, at: 2)),
    ("01", JSONError(.invalidNumber, at: 0)), ("-x", JSONError(.invalidNumber, at: 0)),
    ("1.x", JSONError(.invalidNumber, at: 0)), ("[1.]", JSONError(.invalidNumber, at: 1)),
    ("1ex", JSONError(.invalidNumber, at: 0)), ("-01", JSONError(.invalidNumber, at: 0)),
    ("1.5.5", JSONError(.trailingBytes, at: 3)), ("0x10", JSONError(.trailingBytes, at: 1)),
    (#""\x""#, JSONError(.invalidEscape, at: 1)), (#""\u12g4""#, JSONError(.invalidEscape, at: 5)),
    (#""\U0041""#, JSONError(.invalidEscape, at: 1)),
    (#""a\ud83d""#, JSONError(.loneSurrogate, at: 2)),
    (#""\ude00""#, JSONError(.loneSurrogate, at: 1)),
    (#""\ud83dx""#, JSONError(.loneSurrogate, at: 1)),
    (#""\ud83d\n""#, JSONError(.loneSurrogate, at: 1)),
    (#""\ud83d\ud83d""#, JSONError(.loneSurrogate, at: 1)),
    (#""\ud83d\u0041""#, JSONError(.loneSurrogate, at: 1)),
    ("\"a\nb\"", JSONError(.controlCharacter, at: 2)),
    ("\"\0\"", JSONError(.controlCharacter, at: 1)),
    ("\"12345678\u{1F}\"", JSONError(.controlCharacter, at: 9)),
  ])
  func `names what is wrong and where`(text: String, expected: JSONError) {
    #expect(error(text) == expected)
  }

  @Test(
    arguments: [
      [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80],
      [0xED, 0xBF, 0xBF], [0xF0, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80],
      [0xF5, 0x80, 0x80, 0x80],
      [0xFF], [0xFE], [0xC3, 0x28], [0xE2, 0x28, 0xA1], [0xE2, 0x82, 0x28],
      [0xF0, 0x28, 0x8C, 0xBC],
      [0xF0, 0x90, 0x28, 0xBC], [0xF0, 0x90, 0x8C, 0x28], [0xC3, 0xC3], [0xE2, 0x82, 0x22],
    ] as [[UInt8]]
  )
  func `rejects bytes that are no UTF-8`(sequence: [UInt8]) {
    let text = Array("[\"plain text ".utf8) + sequence + Array("   \"]".utf8)
    #expect(error(text) == JSONError(.invalidUTF8, at: 13))
  }

  @Test func `takes every Unicode scalar, written out`() throws {
    var text = Array("\"".utf8)
    for value in UInt32(0x20)...0x10FFFF where value != 0x22 && value != 0x5C {
      text.append(
        contentsOf: Unicode.Scalar(value).flatMap { UTF8.encode($0) }.map(Array.init) ?? []
      )
    }
    text.append(UInt8(ascii: "\""))
    #expect(error(text) == nil)
  }

  @Test(arguments: ["[", #"{"a":"#])
  func `takes 512 levels and not one more`(opening: String) {
    func nested(_ depth: Int) -> String {
      let closing = opening == "[" ? "]" : "}"
      return String(repeating: opening, count: depth - 1) + (opening == "[" ? "[]" : "{}")
        + String(repeating: closing, count: depth - 1)
    }
    #expect(error(nested(512)) == nil)
    #expect(error(nested(513)) == JSONError(.tooDeep, at: 512 * opening.utf8.count))
    #expect(error(nested(10_000))?.reason == .tooDeep)
  }

  @Test func `measures the depth of the last scan`() throws {
    var tape = JSONTape(recordedDepth: 1)
    try tape.scan(Array("[[[1]],[]]".utf8).span)
    #expect(tape.deepest == 3)
    try tape.scan(Array("1".utf8).span)
    #expect(tape.deepest == 0)
  }

  @Test func `takes siblings without limit`() {
    let text = "[" + String(repeating: "[],{},", count: 10_000) + "0]"
    #expect(error(text) == nil)
  }

  @Test func `records the members of the outer object only, when asked to`() throws {
    var tape = JSONTape(recordedDepth: 1)
    try tape.scan(Array(#"{"a":{"b":[1,2]},"c\n":"x\ty","d":[[]] , "e" : -1.5e3}"#.utf8).span)
    let tokens = tape.tokens.map {
      ["\($0.kind)", "\($0.range)", "\($0.hasEscapes)", "\($0.next)"]
    }
    #expect(
      tokens == [
        ["object", "0..<54", "false", "9"],
        ["string", "2..<3", "false", "2"], ["object", "5..<16", "false", "3"],
        ["string", "18..<21", "true", "4"], ["string", "24..<28", "true", "5"],
        ["string", "31..<32", "false", "6"], ["array", "34..<38", "false", "7"],
        ["string", "42..<43", "false", "8"], ["number", "47..<53", "false", "9"],
      ]
    )
  }

  @Test func `links each value to what stands after it`() throws {
    var tape = JSONTape()
    try tape.scan(Array(#"[[1,[2]],{"a":{}},3]"#.utf8).span)
    #expect(tape.tokens.map(\.next) == [9, 5, 3, 5, 5, 8, 7, 8, 9])
  }

  @Test func `can be used again after an error`() throws {
    var tape = JSONTape()
    #expect(throws: JSONError.self) { try tape.scan(Array("[[[".utf8).span) }
    try tape.scan(Array("1".utf8).span)
    #expect(tape.tokens.count == 1)
  }
}
