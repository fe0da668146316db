import MCPEvents
import Testing

@Suite struct `Identifiers` {
  static let fields: [EventField] = [
    .instanceID, .toolName, .gitCommitHash, .statusChange, .serverName, .sessionID, .callID,
    .parentCallID, .sourceFormat, .eventUID,
  ]

  private func decode(_ field: EventField, _ text: String) throws(LineRejection) -> Decoded {
    var members = ["instance_id": "i", "tool_name": "t"]
    members[field.key] = text
    let texts = members.map { #""\#($0)":"\#($1)""# }.joined(separator: ",")
    return try event(#"{"success":true,\#(texts)}"#)
  }

  @Test(arguments: fields)
  func `hold 1 to 1024 bytes without U+0000`(field: EventField) {
    #expect(rejection(try decode(field, String(repeating: "x", count: 1024))) == nil)
    #expect(rejection(try decode(field, String(repeating: "é", count: 512))) == nil)
    #expect(rejection(try decode(field, String(repeating: #"\u00e9"#, count: 512))) == nil)
    for text in [
      "", String(repeating: "x", count: 1025), String(repeating: #"\u00e9"#, count: 512) + "x",
      #"a\u0000b"#, #"\u0000"#,
    ] {
      let rejection = rejection(try decode(field, text))
      #expect(rejection?.code == .invalidValue)
      #expect(rejection?.message.hasPrefix("'\(field.key)'") == true)
    }
  }

  @Test(arguments: fields)
  func `are strings`(field: EventField) {
    for value in ["1", "true", "[]", "{}"] {
      let others = #""instance_id":"i","tool_name":"t","#
      let base =
        field == .instanceID
        ? #""tool_name":"t","# : field == .toolName ? #""instance_id":"i","# : others
      let line = #"{"success":true,\#(base)"\#(field.key)":\#(value)}"#
      #expect(rejection(try event(line, LineDecoder(takesEveryLine: true)))?.code == .wrongType)
    }
  }

  @Test func `and messages differ in what they may hold`() throws {
    let long = String(repeating: "x", count: 100_000)
    #expect(try event(with: #""error_message":"\#(long)""#).message == long)
    #expect(try event(with: #""error_message":"a\u0000b""#).message == "a\0b")
    #expect(try event(with: #""error_message":"""#).message == "")
  }
}
