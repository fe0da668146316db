import MCPEvents
import Testing

@testable import MCPAdapters

@Suite struct `Hook payloads` {
  /// Gives each payload to a process of its own, which knows only the open calls of the database.
  private func records(of payloads: [String]) -> (calls: [RecordedEvent], open: [OpenCall]) {
    var open: [OpenCall] = []
    var calls: [RecordedEvent] = []
    for payload in payloads {
      var process = Recording(openCalls: open)
      process.consume(payload)
      calls += process.calls
      for step in process.batch.steps {
        switch step.change {
        case .open(let call): open.append(call)
        case .close(let uid): open.removeAll { $0.eventUID == uid }
        case .upsert, .forgetRejected: break
        }
      }
    }
    return (calls, open)
  }

  @Test func `pair across processes through the open calls`() {
    let (calls, open) = records(of: [
      Lines.hookCall("PreToolUse", "a"),
      Lines.hookCall("PreToolUse", "b"),
      Lines.hookCall(
        "PostToolUse",
        "b",
        extra: #","tool_response":{"stdout":"x"},"duration_ms":12"#
      ),
      Lines.hookCall("PostToolUseFailure", "a", extra: #","error":"Exit code 3\nno""#),
    ])
    #expect(calls.map(\.call) == ["b", "a"])
    #expect(calls.map(\.outcome) == [.ok, .error])
    #expect(calls[0].duration == 12_000)
    #expect(calls[1]["exit_code"]?.integer == 3)
    #expect(calls[1]["arguments"]?["command"]?.string == "ls")
    #expect(open.isEmpty)
  }

  @Test func `tell denials and interruptions`() {
    let (calls, _) = records(of: [
      Lines.hookCall("PermissionDenied", "a", extra: #","reason":"policy""#),
      Lines.hookCall("PostToolUseFailure", "b", extra: #","error":"x","is_interrupt":true"#),
    ])
    #expect(calls.map(\.outcome) == [.denied, .cancelled])
    #expect(calls[0].error == "policy")
  }

  @Test func `give up the calls of the agent that stops`() {
    let (calls, open) = records(of: [
      Lines.hookCall("PreToolUse", "main"),
      Lines.hookCall("PreToolUse", "inner", extra: #","agent_id":"x""#),
      Lines.hook("Stop"),
    ])
    #expect(calls.map(\.call) == ["main"])
    #expect(calls.map(\.outcome) == [.incomplete])
    #expect(open.map(\.callID) == ["inner"])
    #expect(open.map(\.instanceID) == ["s1:x"])
  }

  @Test func `give up all calls of a session that ends`() {
    let (calls, open) = records(of: [
      Lines.hookCall("PreToolUse", "inner", extra: #","agent_id":"x""#),
      Lines.hook("SessionEnd", extra: #","reason":"other""#),
    ])
    #expect(calls.map(\.outcome) == [.incomplete])
    #expect(open.isEmpty)
  }

  @Test func `of sessions and sub-agents change their status`() {
    let recording = Recording([
      Lines.hook("SessionStart", extra: #","source":"startup","model":"opus""#),
      Lines.hook("SubagentStart", extra: #","agent_id":"x","agent_type":"Plan""#),
      Lines.hook("SubagentStop", extra: #","agent_id":"x""#), Lines.hook("SessionEnd"),
    ])
    #expect(recording.changes.map(\.instance) == ["s1", "s1:x", "s1:x", "s1"])
    #expect(
      recording.changes.map(\.status) == ["started", "started", "terminated", "terminated"]
    )
    #expect(recording.changes.allSatisfy { $0.format == "claude.hooks" })
  }

  @Test func `of Codex say how an MCP call ended, and not how a command did`() {
    let turn = #","turn_id":"t","model":"m""#
    let mcp =
      #","tool_name":"mcp__s__t","tool_input":{},"tool_use_id":"m1","tool_response":{"isError":false}"#
    let recording = Recording([
      Lines.hookCall("PreToolUse", "a", extra: turn),
      Lines.hookCall("PostToolUse", "a", extra: turn + #","tool_response":"bad\n""#),
      Lines.hook("PostToolUse", extra: turn + mcp),
    ])
    #expect(recording.calls.map(\.outcome) == [.unknown, .ok])
    #expect(recording.calls.map(\.format) == ["codex.hooks", "codex.hooks"])
    #expect(recording.calls[0].uid == "codex:s1:a:ended")
    #expect(recording.calls[1].server == "s")
  }

  @Test func `of Gemini are paired by what the call is`() {
    func gemini(_ event: String, _ second: Int, _ rest: String = "") -> String {
      """
      {"session_id":"g","hook_event_name":"\(event)","timestamp":"2026-11-20T10:00:0\(second).000Z",\
      "tool_name":"read_file","tool_input":{"file_path":"/a"}\(rest)}
      """
    }
    let (calls, open) = records(of: [
      gemini("BeforeTool", 1), gemini("BeforeTool", 2),
      gemini("AfterTool", 5, #","tool_response":{"returnDisplay":"x"}"#),
      gemini("AfterTool", 6, #","tool_response":{"error":{"type":"E","message":"no"}}"#),
    ])
    #expect(calls.map(\.outcome) == [.ok, .error])
    #expect(calls.map(\.duration) == [4_000_000, 4_000_000])
    #expect(calls.map(\.error) == [nil, "no"])
    #expect(Set(calls.map(\.uid)).count == 2)
    #expect(open.isEmpty)
  }

  @Test func `name the session whose open calls a process needs`() {
    let payload = Array(Lines.hook("Stop").utf8)
    #expect(StreamRecorder.session(ofHook: payload.span) == "s1")
    #expect(StreamRecorder.session(ofHook: Array("{}".utf8).span) == nil)
    #expect(StreamRecorder.session(ofHook: Array("x".utf8).span) == nil)
  }

  @Test(arguments: ["Notification", "PermissionRequest", "PostToolBatch", "NewEvent2030"])
  func `of other events are ignored`(event: String) {
    #expect(Recording([Lines.hook(event)]).ignored == 1)
  }

  @Test func `without ids are paired by what the call is`() {
    func payload(_ event: String, _ command: String, _ rest: String = "") -> String {
      Lines.hook(
        event,
        extra: #","tool_name":"Bash","tool_input":{"command":"\#(command)"}\#(rest)"#
      )
    }
    let (calls, open) = records(of: [
      payload("PreToolUse", "a"), payload("PreToolUse", "b"),
      payload("PostToolUse", "b", #","tool_response":{"stdout":""}"#),
      payload("PostToolUse", "a", #","tool_response":{"stdout":""}"#),
      payload("PreToolUse", "a"), payload("PostToolUse", "a", #","tool_response":{"stdout":""}"#),
    ])
    #expect(calls.map(\.outcome) == [.ok, .ok, .ok])
    #expect(calls.map { $0["arguments"]?["command"]?.string } == ["b", "a", "a"])
    #expect(calls.allSatisfy { $0["start_missing"] == nil })
    #expect(open.isEmpty)
  }

  @Test func `of Gemini name the server and its tool`() {
    let payload = """
      {"session_id":"g","hook_event_name":"AfterTool","timestamp":"2026-11-20T10:00:00.000Z",\
      "tool_name":"mcp_my_server_read_it","tool_input":{},\
      "mcp_context":{"server_name":"my_server","tool_name":"read_it"},"tool_response":{}}
      """
    let recording = Recording([payload])
    #expect(recording.calls.map(\.server) == ["my_server"])
    #expect(recording.calls[0]["mcp_tool"]?.string == "read_it")
    #expect(recording.calls.map(\.kind) == [.read])
  }

  @Test func `that a turn failed give up its calls`() {
    let (calls, open) = records(of: [Lines.hookCall("PreToolUse", "a"), Lines.hook("StopFailure")])
    #expect(calls.map(\.outcome) == [.incomplete])
    #expect(open.isEmpty)
  }
}
