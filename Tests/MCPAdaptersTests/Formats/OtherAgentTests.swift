import MCPEvents
import Testing

@testable import MCPAdapters

@Suite struct `The other agents` {
  @Test func `Gemini names its session once`() {
    func line(_ rest: String) -> String { #"{"timestamp":"2026-08-21T16:00:01.000Z",\#(rest)}"# }
    let recording = Recording([
      line(#""type":"init","session_id":"g1","model":"pro""#),
      line(
        #""type":"tool_use","tool_name":"mcp_github_get_issue","tool_id":"a","parameters":{"n":7}"#
      ),
      line(#""type":"tool_use","tool_name":"run_shell_command","tool_id":"b","parameters":{}"#),
      line(
        #""type":"tool_result","tool_id":"a","status":"success","error":{"type":"X","message":"stopped"}"#
      ),
      line(
        #""type":"tool_result","tool_id":"b","status":"error","output":"o","error":{"type":"S","message":"Command exited with code: 1"}"#
      ),
      line(#""type":"result","status":"error","stats":{"total_tokens":1,"duration_ms":5}"#),
    ])
    #expect(recording.calls.map(\.outcome) == [.error, .error])
    #expect(recording.calls.map(\.server) == ["github", nil])
    #expect(recording.calls.map(\.session) == ["g1", "g1"])
    #expect(recording.calls[1]["exit_code"]?.integer == 1)
    #expect(recording.changes.map(\.outcome) == [.ok, .error])
  }

  @Test(
    arguments: [
      (#""shellToolCall":{"result":{"success":{"exitCode":0,"stdout":"x"}}}"#, Outcome.ok, "shell"),
      (#""shellToolCall":{"result":{"failure":{"exitCode":3,"stderr":"no"}}}"#, .error, "shell"),
      (#""shellToolCall":{"result":{"rejected":{"reason":""}}}"#, .denied, "shell"),
      (#""readToolCall":{"args":{"path":"a"},"result":{"timeout":{}}}"#, .timeout, "read"),
      (#""toolCallId":"x","editToolCall":{"result":{"permissionDenied":{}}}"#, .denied, "edit"),
      (#""function":{"name":"f","arguments":"{}","result":{"success":{}}}"#, .ok, "f"),
      (
        #""mcpToolCall":{"args":{"name":"gh-x","toolName":"x","providerIdentifier":"gh"},"result":{"success":{"isError":true,"content":[{"text":{"text":"bad"}}]}}}"#,
        .error, "gh-x"
      ),
    ]
  )
  func `Cursor's result is a key`(call: String, outcome: Outcome, tool: String) {
    let line =
      #"{"type":"tool_call","subtype":"completed","call_id":"c","tool_call":{\#(call)},"session_id":"s"}"#
    let recording = Recording([line])
    #expect(recording.calls.map(\.outcome) == [outcome])
    #expect(recording.calls.map(\.tool) == [tool])
  }

  @Test func `Cursor keeps the arguments of the first line`() {
    func line(_ subtype: String, _ call: String) -> String {
      #"{"type":"tool_call","subtype":"\#(subtype)","call_id":"c","tool_call":{"readToolCall":{\#(call)}},"session_id":"s"}"#
    }
    let recording = Recording([
      line("started", #""args":{"path":"a.txt"}"#), line("completed", #""result":{"success":{}}"#),
      #"{"type":"result","subtype":"success","is_error":false,"session_id":"s"}"#,
    ])
    #expect(recording.calls[0]["arguments"]?["path"]?.string == "a.txt")
    #expect(recording.calls.map(\.duration) == [10_000])
    #expect(recording.changes.map(\.format) == ["cursor.stream"])
  }

  @Test(
    arguments: [
      (
        #""mcpToolCall":{"args":{"name":"gh-get","providerIdentifier":"gh","toolName":"get","args":{"n":7}}}"#,
        #""mcpToolCall":{"result":{"success":{}}}"#, "gh-get", "gh"
      ),
      (
        #""function":{"name":"foo","arguments":"{\"n\":7}"}"#,
        #""function":{"result":{"success":{}}}"#, "foo", nil
      ),
    ] as [(String, String, String, String?)]
  )
  func `Cursor's last line may leave out which tool it was`(
    first: String,
    last: String,
    tool: String,
    server: String?
  ) {
    let lines = [("started", first), ("completed", last)].map { subtype, call in
      #"{"type":"tool_call","subtype":"\#(subtype)","call_id":"c","tool_call":{\#(call)},"session_id":"s"}"#
    }
    let recording = Recording(lines)
    #expect(recording.calls.map(\.tool) == [tool] && recording.calls.map(\.server) == [server])
    #expect(recording.calls[0]["arguments"]?["n"]?.integer == 7)
  }

  @Test func `opencode prints a call when it has ended`() {
    func line(_ id: String, _ tool: String, _ state: String) -> String {
      #"{"type":"tool_use","timestamp":1787482259124,"sessionID":"o","part":{"id":"p\#(id)","tool":"\#(tool)","callID":"c","state":{"time":{"start":1787482259101,"end":1787482259121},\#(state)}}}"#
    }
    let recording = Recording([
      line("1", "bash", #""status":"completed","output":"x","metadata":{"exit":3}"#),
      line("2", "github_get_issue", #""status":"completed","output":"ok""#),
      line("3", "read", #""status":"error","error":"no file""#),
    ])
    #expect(recording.calls.map(\.outcome) == [.error, .ok, .error])
    #expect(recording.calls.map(\.server) == [nil, "github", nil])
    #expect(recording.calls.map(\.duration) == [20_000, 20_000, 20_000])
    #expect(recording.calls.map(\.error) == ["exit code 3: x", nil, "no file"])
    #expect(Set(recording.calls.map(\.uid)).count == 3)
  }

  @Test func `Copilot pairs by the call's id`() {
    func line(_ type: String, _ data: String) -> String {
      #"{"type":"\#(type)","data":{\#(data)},"id":"i","timestamp":"2026-10-01T02:31:00.000Z"}"#
    }
    let recording = Recording([
      line("session.start", #""sessionId":"p","context":{"cwd":"/w","branch":"main"}"#),
      line(
        "tool.execution_start",
        #""toolCallId":"a","toolName":"github-x","arguments":"{\"path\":\"/f\"}","mcpServerName":"github","mcpToolName":"x""#
      ),
      line(
        "tool.execution_complete",
        #""toolCallId":"a","success":true,"result":{"content":"ok"}"#
      ),
      line(
        "tool.execution_complete",
        #""toolCallId":"b","success":false,"error":{"message":"no","code":"denied"}"#
      ),
      #"{"type":"result","exitCode":2,"usage":{"premiumRequests":1}}"#,
    ])
    #expect(recording.calls.map(\.outcome) == [.ok, .denied])
    #expect(recording.calls[0].server == "github")
    #expect(recording.calls[0]["paths"]?.elements.map(\.string) == ["/f"])
    #expect(recording.changes.map(\.status) == ["started", "terminated"])
    #expect(recording.changes[1].outcome == .error)
  }

  @Test func `goose answers a malformed call as well`() {
    func line(_ role: String, _ block: String) -> String {
      #"{"type":"message","message":{"role":"\#(role)","created":1790000000,"content":[{\#(block)}]}}"#
    }
    let recording = Recording([
      line(
        "assistant",
        #""type":"toolRequest","id":"a","toolCall":{"status":"error","error":"no"}"#
      ),
      line(
        "user",
        #""type":"toolResponse","id":"a","toolResult":{"status":"error","error":"no"}"#
      ),
    ])
    #expect(recording.events.filter(\.isCall).map(\.error) == ["no"])
  }

  @Test func `goose names no session`() {
    func line(_ role: String, _ created: Int, _ block: String) -> String {
      #"{"type":"message","message":{"role":"\#(role)","created":\#(created),"content":[{\#(block)}]}}"#
    }
    let recording = Recording([
      line(
        "assistant",
        1_790_000_000,
        #""type":"toolRequest","id":"a","toolCall":{"status":"success","value":{"name":"developer__shell","arguments":{}}}"#
      ),
      line(
        "user",
        1_790_000_002,
        #""type":"toolResponse","id":"a","toolResult":{"status":"error","error":"-32603: no"}"#
      ),
      line(
        "assistant",
        1_790_000_003,
        #""type":"toolRequest","id":"b","toolCall":{"status":"error","error":"bad call"}"#
      ),
      line(
        "user",
        1_790_000_004,
        #""type":"toolResponse","id":"c","toolResult":{"status":"success","value":[{"type":"text","text":"x"}]}"#
      ),
      #"{"type":"complete","total_tokens":9}"#,
    ])
    #expect(recording.calls.map(\.outcome) == [.error, .error, .ok])
    #expect(recording.calls.map(\.error) == ["-32603: no", "bad call", nil])
    #expect(recording.calls[0].duration == 2_000_000)
    #expect(Set(recording.calls.map(\.instance)).count == 1)
    #expect(recording.calls[0].instance.hasPrefix("goose-"))
  }

  @Test func `Pi says how a call ended`() {
    let recording = Recording([
      #"{"type":"session","version":3,"id":"p","timestamp":"2026-08-23T10:48:58.118Z","cwd":"/w"}"#,
      #"{"type":"tool_execution_start","toolCallId":"a","toolName":"read","args":{"path":"f"}}"#,
      #"{"type":"tool_execution_end","toolCallId":"a","toolName":"read","result":{"content":[{"type":"text","text":"no"}]},"isError":true}"#,
    ])
    #expect(recording.calls.map(\.outcome) == [.error])
    #expect(recording.calls.map(\.error) == ["no"])
    #expect(recording.calls.map(\.session) == ["p"])
  }

  @Test func `Cursor's result may have other members, and its tool no name of its own`() {
    let call =
      #""mcpToolCall":{"args":{"name":"gh-get_issue","serverIdentifier":"gh","args":{}},"result":{"isBackground":false,"rejected":{"reason":"not now"}}}"#
    let recording = Recording([
      #"{"type":"tool_call","subtype":"completed","call_id":"c","tool_call":{\#(call)},"session_id":"s"}"#
    ])
    #expect(recording.calls.map(\.outcome) == [.denied])
    #expect(recording.calls.map(\.error) == ["not now"])
    #expect(recording.calls.map(\.server) == ["gh"])
    #expect(recording.calls[0]["mcp_tool"]?.string == "get_issue")
  }

  @Test(
    arguments: [("apply_patch", nil, ToolKind.edit), ("github_list", "github", .search)]
      as [(String, String?, ToolKind)]
  )
  func `opencode's own tools are of no server`(tool: String, server: String?, kind: ToolKind) {
    let recording = Recording([
      #"{"type":"tool_use","timestamp":1787482259124,"sessionID":"o","part":{"tool":"\#(tool)","callID":"c","state":{"status":"completed"}}}"#
    ])
    #expect(recording.calls.map(\.server) == [server])
    #expect(recording.calls.map(\.kind) == [kind])
  }

  @Test func `opencode's session began with its first call, and ends with its last line`() {
    let recording = Recording([
      #"{"type":"tool_use","timestamp":1787482259124,"sessionID":"o","part":{"tool":"bash","callID":"c","state":{"status":"completed","time":{"start":1787482259101,"end":1787482259121}}}}"#,
      #"{"type":"done","timestamp":1787482260000,"sessionID":"o","reason":"stop"}"#,
    ])
    #expect(recording.patches.first?["created_at"] == .integer(1_787_482_259_101))
    #expect(recording.changes.map(\.timestamp.milliseconds) == [1_787_482_260_000])
  }

  @Test func `Copilot names a call whose start is missing in the model's message`() {
    func line(_ type: String, _ data: String) -> String {
      #"{"type":"\#(type)","data":{\#(data)},"id":"i","timestamp":"2026-10-01T02:31:00.000Z"}"#
    }
    let output = String(repeating: #"line\n"#, count: 40) + "<command completed with exit code 3>"
    let recording = Recording([
      line("assistant.message", #""toolRequests":[{"toolCallId":"a","name":"bash"}]"#),
      line(
        "tool.execution_complete",
        #""toolCallId":"a","success":true,"result":{"content":"\#(output)"}"#
      ),
    ])
    #expect(recording.calls.map(\.tool) == ["bash"])
    #expect(recording.calls.map(\.outcome) == [.ok])
    #expect(recording.calls[0]["exit_code"]?.integer == 3)
  }

  @Test func `goose and Pi name their models`() {
    let recording = Recording([
      #"{"type":"message","message":{"content":[]}}"#, #"{"type":"model_change","model":"g"}"#,
      #"{"type":"session","version":3,"id":"p"}"#,
      #"{"type":"message_end","message":{"role":"assistant","model":"m"}}"#,
    ])
    #expect(recording.patches.compactMap { $0.text("model") } == ["g", "m"])
  }
}
