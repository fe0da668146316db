import MCPEvents
import Testing

@Suite struct `Line detection` {
  @Test(arguments: [
    (#"{"instance_id":"i","tool_name":"t","success":true}"#, "event"),
    (#"{"kind":"event","instance_id":"i","tool_name":"t","success":true}"#, "event"),
    (#"{"kind":null,"instance_id":"i","tool_name":"t","success":true}"#, "event"),
    (#"{"\u006bind":"ev\u0065nt","instance\u005fid":"i","tool_name":"t","success":true}"#, "event"),
    (#"{"type":"custom","instance_id":"i","tool_name":"t","success":true}"#, "event"),
    (
      #"{"kind":"event","jsonrpc":"2.0","instance_id":"i","tool_name":"t","success":true}"#, "event"
    ),
    (#"{"kind":"instance","id":"i"}"#, "instance"),
    (
      #"{"kind":"relationship","parent_instance":"a","child_instance":"b","relationship_type":"created_fork"}"#,
      "relationship"
    ),
    (#"{"kind":"github_issue","repo_owner":"o","repo_name":"r","number":1}"#, "github_issue"),
    (#"{"kind":"archive","format":"mcp-archive"}"#, "ignored"), (#"{"kind":"run"}"#, "ignored"),
    (#"{"kind":"summary","events":1,"events":2}"#, "ignored"),
    (#"{"type":"tool_use","tool_name":"x","timestamp":"2026-11-22T09:14:03Z"}"#, "foreign"),
    (#"{"tool_name":"x","type":"tool_use","tool_id":"1"}"#, "foreign"),
    (#"{"type":"tool_progress","tool_use_id":"1","tool_name":"Bash","session_id":"s"}"#, "foreign"),
    (#"{"hook_event_name":"PreToolUse","tool_name":"Bash"}"#, "foreign"),
    (#"{"instance_id":"i","tool_name":"t","hook_event_name":"Stop","success":true}"#, "foreign"),
    (#"{"jsonrpc":"2.0","id":1,"method":"tools/call"}"#, "foreign"),
    (#"{"instance_id":"i","jsonrpc":"2.0"}"#, "foreign"),
    (#"{"instance_id":"i","json\u0072pc":"2.0"}"#, "foreign"),
    (#"{"type":"system","subtype":"init"}"#, "foreign"), (#"{"kind":"other"}"#, "foreign"),
    (#"{"kind":7}"#, "foreign"), (#"{"kind":"EVENT"}"#, "foreign"), ("{}", "foreign"),
    (#"{"metadata":{"instance_id":"i","tool_name":"t"}}"#, "foreign"),
    (#"{"x":1,"x":2}"#, "foreign"), (#"{"timestamp":1,"timestamp":2}"#, "foreign"),
    (#"{"kind":"other","kind":"event"}"#, "foreign"), ("[]", "foreign"),
    (#"[{"jsonrpc":"2.0","id":1}]"#, "foreign"),
  ])
  func `tells the kinds of lines apart`(line: String, expected: String) throws {
    #expect(try kind(of: line) == expected)
  }

  @Test(arguments: [
    (#"{"tool_name":"x"}"#, LineRejection.Code.missingField),
    (#"{"instance_id":"x"}"#, .missingField), (#"{"instance_id":7}"#, .wrongType),
    (#"{"tool_name":[]}"#, .missingField),
    (#"{"kind":"tool","instance_id":"i","tool_name":"t","success":true}"#, .invalidValue),
    (#"{"kind":5,"instance_id":"i","tool_name":"t","success":true}"#, .invalidValue),
    (#"{"kind":"event"}"#, .missingField), (#"{"kind":"instance"}"#, .missingField),
    (#"{"kind":"event","kind":"event","instance_id":"i"}"#, .duplicateKey),
    (#"{"kind":"event","kind":"archive"}"#, .duplicateKey),
    (#"{"kind":"archive","kind":"event"}"#, .duplicateKey),
    (#"{"kind":"instance","id":"i","kind":"relationship"}"#, .duplicateKey),
    ("1", .notAnObject), ("null", .notAnObject), (#""instance_id""#, .notAnObject),
    ("not json", .notJSON), ("{}{}", .notJSON), ("{'a':1}", .notJSON),
    ("{\"a\":\"\u{1}\"}", .notJSON),
    (#"{"instance_id":"i""#, .truncated), (#"{"a":"\ud83d"}"#, .loneSurrogate),
  ])
  func `rejects lines that are ours, and lines that are not JSON`(
    line: String,
    code: LineRejection.Code
  ) {
    #expect(rejection(try kind(of: line))?.code == code)
  }

  @Test(arguments: [
    (#"{"type":"tool_use","tool_name":"x"}"#, LineRejection.Code.missingField),
    (#"{"jsonrpc":"2.0"}"#, .missingField), ("[]", .notAnObject), ("{}", .missingField),
    (#"{"kind":"other"}"#, .invalidValue),
  ])
  func `takes every line when told so`(line: String, code: LineRejection.Code) {
    let decoder = LineDecoder(takesEveryLine: true)
    #expect(rejection(try kind(of: line, decoder))?.code == code)
  }

  @Test func `lets a default stand for the instance`() throws {
    let decoder = LineDecoder(defaultInstance: "wörk")
    let decoded = try event(#"{"tool_name":"t","success":true}"#, decoder)
    #expect(decoded.instance == "wörk")
    #expect(
      try event(#"{"instance_id":"i","tool_name":"t","success":true}"#, decoder).instance == "i"
    )
  }

  @Test func `names bytes that are no UTF-8`() {
    let line = Array(#"{"instance_id":""#.utf8) + [0xC3, 0x28] + Array(#""}"#.utf8)
    #expect(rejection(try result(of: line))?.code == .invalidUTF8)
  }
}
