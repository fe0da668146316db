import MCPEvents
import Testing

@Suite struct `Event metadata` {
  @Test(arguments: [
    #"{ "a" : [ 1 , 2 ] ,\#t"b":"\u00e9\ud83d\ude00\/"}"#, "[1.0e+05,-0,0.10]", "true", "0",
    "12345678901234567890.12345678901234567890", #"{"a":1,"a":2}"#, #""plain""#, #""""#,
    #""not {json}""#, #""{broken""#, #""[1,2]""#, #""\"quoted\"""#, #""null""#, #""1""#,
    #""a\u0000\n""#, #"{"a\u0000":"\u0000"}"#, #""{\"a\":\"\ud83d\ude00\"""#, #"" ""#, #""{}{}""#,
  ])
  func `is kept byte for byte`(metadata: String) throws {
    #expect(try event(with: #""metadata": \#(metadata) "#).metadata == metadata)
    #expect(try event(with: #""x":1,"metadata":\#(metadata)"#).metadata == metadata)
  }

  @Test(arguments: [
    (#""{}""#, "{}"), (#""{\"a\":1}""#, #"{"a":1}"#),
    (#""{\"a\":\"\\n\\u00e9\"}""#, #"{"a":"\n\u00e9"}"#),
    (#""{\n  \"a\": 1,\r\n  \"b\": [\n]\n}""#, "{   \"a\": 1,    \"b\": [ ] }"),
    (#""  {\"a\":1}\n\t""#, #"{"a":1}"#), (#"" {} ""#, "{}"),
    (#""{\"a\":\"\\u0000\"}""#, #"{"a":"\u0000"}"#),
    (#""\u007b\u007d""#, "{}"), (#""{\"a\":\"é\ud83d\ude00\"}""#, #"{"a":"é😀"}"#),
  ])
  func `is the object that a string holds`(metadata: String, expected: String) throws {
    let decoded = try event(with: #""metadata":\#(metadata)"#)
    #expect(decoded.metadata == expected)
    #expect(!decoded.line().utf8.contains { $0 == 0x0A || $0 == 0x0D })
  }

  @Test func `leaves nothing behind of a string that holds no object`() throws {
    let plain = try event(with: #""metadata":"[\n1]""#)
    #expect(plain.batch.bytes.count == plain.batch.lines[0].bytes.range.count)
  }

  @Test func `is null when it is null`() throws {
    #expect(try event(with: #""metadata":null"#).metadata == nil)
  }

  @Test(arguments: [511, 512])
  func `is never an object that could not be read back`(depth: Int) throws {
    let object =
      String(repeating: #"{\"a\":"#, count: depth - 1) + "{}"
      + String(repeating: "}", count: depth - 1)
    let decoded = try event(with: #""metadata":"\#(object)""#)
    #expect(decoded.metadata?.first == (depth == 511 ? "{" : "\""))
    #expect(try event(decoded.line()).metadata == decoded.metadata)
  }
}
