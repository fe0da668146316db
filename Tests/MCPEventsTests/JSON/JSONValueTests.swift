import MCPEvents
import Testing

@Suite struct `JSON value` {
  private func root(_ text: String) throws -> JSONValue {
    try JSONDocument(Array(text.utf8).span).root
  }

  @Test func `is found by key, the first of several`() throws {
    let root = try root(#"{"x":{"a":0},"a":1,"a":2,"\u0062":3,"é":4}"#)
    #expect(root["a"]?.integer == 1)
    #expect(root["b"]?.integer == 3)
    #expect(root["é"]?.integer == 4)
    #expect(root["x"]?["a"]?.integer == 0)
    #expect(root["missing"]?.integer == nil)
    #expect(root["a"]?["b"]?.integer == nil)
  }

  @Test func `lists elements and members in their order`() throws {
    let root = try root(#"{"list":[1,[2,3],{"k":4},"5"],"b":null}"#)
    #expect(
      root["list"]?.elements.map { String(decoding: $0.json, as: UTF8.self) } == [
        "1", "[2,3]", #"{"k":4}"#, #""5""#,
      ]
    )
    #expect(root.entries.map(\.key) == ["list", "b"])
    #expect(try #require(root["b"]).elements.contains { _ in true } == false)
    #expect(root["list"]?.entries.isEmpty == true)
  }

  @Test(arguments: [
    ("0", 0), ("-0", 0), ("42", 42), ("-42", -42), ("9223372036854775807", Int64.max),
    ("-9223372036854775808", Int64.min), ("9223372036854775808", nil),
    ("-9223372036854775809", nil), ("99999999999999999999", nil), ("1.0", nil), ("1e3", nil),
    ("\"1\"", nil), ("true", nil),
  ])
  func `is an integer when it is written as one that fits`(text: String, expected: Int64?) throws {
    #expect(try root(text).integer == expected)
  }

  @Test func `has no value of another type`() throws {
    #expect(try root("1").string == nil)
    #expect(try root("1").bool == nil)
    #expect(try root("\"1\"").double == nil)
    #expect(try root("null").isNull)
    #expect(try root("1.5e1").double == 15)
    #expect(try root("false").bool == false)
  }

  @Test func `is null in an empty document and after an error`() throws {
    #expect(JSONDocument().root.isNull)
    var document = try JSONDocument(Array("[1]".utf8).span)
    #expect(throws: JSONError.self) { try document.parse(Array("[1".utf8).span) }
    #expect(document.root.isNull)
    #expect(document.root["a"] == nil)
  }
}
