import MCPEvents
import Testing

@testable import MCPAdapters

@Suite struct `A recorder that goes on where another ended` {
  private static let lines = [
    #"{"type":"thread.started","thread_id":"t1"}"#,
    Lines.codexItem("started", "item_0", #""type":"command_execution","command":"ls""#),
    Lines.codexItem(
      "completed",
      "item_0",
      #""type":"command_execution","status":"completed","exit_code":0"#
    ),
  ]

  @Test(arguments: 0...3)
  func `writes what one recorder would have written`(cut: Int) {
    let whole = Recording(Self.lines)
    var first = Recording()
    for line in Self.lines[..<cut] { first.consume(line) }
    var second = Recording(openCalls: first.openCalls)
    for line in Self.lines[..<cut] {
      second.recorder.prime(Array(line.utf8).span, streamDigest: { "" })
    }
    var calls = first.calls
    for line in Self.lines[cut...] { second.consume(line) }
    second.finish()
    calls += second.calls
    #expect(calls.map(\.outcome) == whole.calls.map(\.outcome))
    #expect(calls.map(\.session) == whole.calls.map(\.session))
    #expect(calls.map(\.metadata) == whole.calls.map(\.metadata))
    if cut != 0, cut != 1 { #expect(calls.map(\.uid) == whole.calls.map(\.uid)) }
  }

  @Test func `knows the instance of a stream that names none`() {
    let lines = [
      Lines.mcpCall("1"), Lines.mcpResult("1"), Lines.mcpCall("2"), Lines.mcpResult("2"),
    ]
    var second = Recording()
    second.recorder.prime(Array(lines[0].utf8).span, streamDigest: { "first" })
    second.recorder.prime(Array(lines[1].utf8).span, streamDigest: { "second" })
    for line in lines[2...] { second.consume(line) }
    #expect(second.calls.map(\.instance) == ["mcp-first"])
  }

  @Test func `turns stale calls into incomplete ones`() throws {
    var first = Recording()
    first.consume(Lines.claudeCall("a", "mcp__s__read", #"{"path":"/f"}"#))
    let open = try #require(first.openCalls.first)
    #expect(open.eventUID == "claude:s1:a")
    #expect(open.toolName == "mcp__s__read")
    var second = Recording(openCalls: [open])
    second.finish()
    let call = try #require(second.calls.first)
    #expect(call.outcome == .incomplete)
    #expect(call.format == "claude.stream")
    #expect(call.server == "s")
    #expect(call.kind == .read)
    #expect(call["arguments"]?["path"]?.string == "/f")
    #expect(call["mcp_tool"]?.string == "read")
    #expect(second.openCalls.isEmpty)
  }

  @Test func `answers an MCP call that was open`() {
    var first = Recording()
    first.consume(Lines.mcpCall("7"))
    var second = Recording(openCalls: first.openCalls)
    second.consume(Lines.mcpResult("7"))
    #expect(second.calls.map(\.outcome) == [.ok])
    #expect(second.calls.map(\.uid) == first.openCalls.map(\.eventUID))
  }

  @Test(arguments: ["", "{", "[]", "{}", #"{"agent":"nobody","id":"x"}"#])
  func `takes no notes that it cannot read`(notes: String) {
    let call = OpenCall(
      eventUID: "u",
      instanceID: "i",
      toolName: "t",
      startedAt: UnixTime(milliseconds: 0),
      notes: notes
    )
    #expect(Recording(openCalls: [call]).recorder.openCallCount == 0)
  }

  @Test func `knows what a result is of whose call another one saw begin`() throws {
    var first = Recording()
    first.consume(Lines.claudeCall("a", "Read", #"{"file_path":"/f"}"#))
    first.consume(Lines.claudeCall("b", "Read"))
    var second = Recording()
    second.recorder.remember(first.openCalls)
    second.consume(Lines.claudeResult("a"))
    second.finish()
    let call = try #require(second.calls.first)
    #expect(second.calls.count == 1, "the other call is open elsewhere, or not at all")
    #expect(call.tool == "Read")
    #expect(call.uid == "claude:s1:a")
    #expect(call["arguments"]?["file_path"]?.string == "/f")
    #expect(call["start_missing"] == nil)
  }
}
