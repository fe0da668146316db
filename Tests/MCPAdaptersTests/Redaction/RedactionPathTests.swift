import MCPAdapters
import Testing

@Suite struct `Redaction of paths` {
  @Test(arguments: [
    (
      "metadata.env.*", #"{"metadata":{"env":{"A":"1","B":2},"n":3}}"#,
      #"{"metadata":{"env":{"A":"¤","B":"¤"},"n":3}}"#
    ),
    (
      "env.A", #"{"params":{"env":{"A":{"x":[1]},"B":"2"}}}"#,
      #"{"params":{"env":{"A":"¤","B":"2"}}}"#
    ),
    ("arguments.env.*", #"{"input":{"env":{"A":"1"}}}"#, #"{"input":{"env":{"A":"¤"}}}"#),
    (
      "arguments.env.*", #"{"tool_input":{"env":{"A":true}}}"#, #"{"tool_input":{"env":{"A":"¤"}}}"#
    ),
    (
      "arguments.env.*", #"{"arguments":"{\"env\":{\"A\":\"q\\\"1\"},\"n\":1}"}"#,
      #"{"arguments":"{\"env\":{\"A\":\"¤\"},\"n\":1}"}"#
    ),
    (
      "content.text", #"{"content":[{"text":"a"},{"text":"b"}]}"#,
      #"{"content":[{"text":"¤"},{"text":"¤"}]}"#
    ),
    (
      "env.*.key", #"{"env":{"a":{"key":1},"b":{"key":null}}}"#,
      #"{"env":{"a":{"key":"¤"},"b":{"key":null}}}"#
    ),
    ("a.a.b", #"{"a":{"a":{"a":{"b":1}}}}"#, #"{"a":{"a":{"a":{"b":"¤"}}}}"#),
    (#"a\.b.c"#, #"{"a.b":{"c":1},"a":{"b":{"c":2}}}"#, #"{"a.b":{"c":"¤"},"a":{"b":{"c":2}}}"#),
    ("env.ä", #"{"env":{"\u00e4":"x"}}"#, #"{"env":{"\u00e4":"¤"}}"#),
    ("env.*", "env: A=1", "env: A=1"),
    ("env.*", #"{"env":{"A":1}"#, #"{"env":{"A":1}"#),
  ])
  func `replaces the values at a path wholly`(path: String, line: String, expected: String) throws {
    let policy = try RedactionPolicy(parsing: "path:\(path)")

    let once = redacted(line, policy)

    #expect(once.line.withoutMarkKinds == expected)
    #expect(redacted(once.line, policy).hits == 0)
  }
}
