import MCPEvents
import Testing

@Suite struct `Line rejection` {
  @Test(arguments: [
    ("", "the line is empty"), ("{x", "not JSON: unexpected 'x' at byte 2"),
    ("{ é", "not JSON: unexpected byte 0xc3 at byte 3"),
    ("{\n\u{1}", "not JSON: unexpected byte 0x1 at byte 3"),
    ("{} {", "not one JSON value: more follows at byte 4"),
    ("[01]", "not JSON: malformed number at byte 2"),
    (#"["\x"]"#, "not JSON: malformed escape at byte 3"),
    (#"["\ud83d"]"#, "half a surrogate pair at byte 3"),
    ("[\"\n\"]", "not JSON: raw control character in a string at byte 3"),
    ("[", "the line ends inside a JSON value"), ("1", "the line is JSON, but not an object"),
    (#"{"tool_name":"t"}"#, "'instance_id' is missing; --instance gives a default"),
    (#"{"instance_id":"i"}"#, "'tool_name' is missing"),
    (#"{"instance_id":"i","tool_name":"t"}"#, "'success' is missing, and so is 'outcome'"),
    (
      #"{"instance_id":"i","tool_name":"t","success":true,"outcome":"error"}"#,
      "'success' is true, but 'outcome' is error"
    ),
    (#"{"instance_id":"i","call_id":1,"call_id":2}"#, "the key 'call_id' stands there twice"),
    (
      #"{"instance_id":"i","kind":"evnt"}"#,
      "'kind' must be event, instance, relationship or github_issue"
    ),
  ])
  func `says what is wrong, and where`(line: String, expected: String) {
    #expect(rejection(try kind(of: line))?.message == expected)
  }
}
