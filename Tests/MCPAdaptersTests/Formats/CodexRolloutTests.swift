import MCPEvents
import Testing

@testable import MCPAdapters

@Suite struct `Codex' session files` {
  private static let start = """
    {"timestamp":"2026-11-20T10:00:00.000Z","type":"session_meta","payload":{"id":"t1",\
    "timestamp":"2026-11-20T10:00:00.000Z","cwd":"/w","git":{"commit_hash":"abc","branch":"main",\
    "repository_url":"git@github.com:acme/tools.git"}}}
    """

  private static func item(_ type: String, _ payload: String) -> String {
    #"{"timestamp":"2026-11-20T10:00:05.000Z","type":"\#(type)","payload":{\#(payload)}}"#
  }

  private static func ask(_ id: String, _ rest: String = #""name":"shell","arguments":"{}""#)
    -> String
  {
    item("response_item", #""type":"function_call","call_id":"\#(id)",\#(rest)"#)
  }

  private static func answer(_ id: String, _ output: String) -> String {
    item("response_item", #""type":"function_call_output","call_id":"\#(id)","output":\#(output)"#)
  }

  private static func completed(_ id: String, _ rest: String) -> String {
    item(
      "event_msg",
      #""type":"item_completed","started_at_ms":1795168801000,"completed_at_ms":1795168802000,"#
        + #""item":{"id":"\#(id)",\#(rest)}"#
    )
  }

  @Test func `record a call once, by its best record`() {
    let mcp =
      #""type":"McpToolCall","server":"s","tool":"t","arguments":{},"status":"completed","duration":{"secs":0,"nanos":5885664}"#
    let recording = Recording([
      Self.start, Self.ask("c", #""name":"t","namespace":"mcp__s","arguments":"{\"a\":1}""#),
      Self.completed("c", mcp), Self.answer("c", #""Wall time: 1\nOutput:\nx""#),
    ])
    #expect(recording.calls.map(\.tool) == ["mcp__s__t"])
    #expect(recording.calls.map(\.duration) == [5886])
    #expect(recording.calls.map(\.commit) == ["abc"])
    #expect(recording.calls.map(\.uid) == ["codex:t1:c"])
    #expect(recording.calls[0].timestamp.milliseconds == 1_795_168_802_000)
  }

  @Test(
    arguments: [
      (#""Process exited with code 0\nOutput:\n""#, Outcome.ok, 0),
      (#""Process exited with code 2\nOutput:\nx""#, .error, 2),
      (#""{\"output\":\"\",\"metadata\":{\"exit_code\":1}}""#, .error, 1),
      (#""unsupported call: mcp__nope""#, .error, nil), (#""Plan updated""#, .unknown, nil),
      (#"[{"type":"input_text","text":"Exit code: 4"}]"#, .error, 4),
    ] as [(String, Outcome, Int64?)]
  )
  func `find out from an output how a call ended`(output: String, outcome: Outcome, code: Int64?) {
    let recording = Recording([Self.start, Self.ask("c"), Self.answer("c", output)])
    #expect(recording.calls.map(\.outcome) == [outcome])
    #expect(recording.calls[0]["exit_code"]?.integer == code)
  }

  @Test(arguments: [
    #""Process running with session ID 7\nOutput:\nExit code: 1""#,
    #""{\"status\":{\"t2\":{\"completed\":\"it had failed with Exit code: 1\"}}}""#,
  ])
  func `do not take what a program or an agent says for an end`(output: String) {
    let recording = Recording([Self.ask("a"), Self.answer("a", output)])
    #expect(recording.calls.map(\.outcome) == [.unknown])
  }

  @Test func `take the longer time of a command that went on in a session`() {
    let recording = Recording([
      Self.completed(
        "a",
        #""type":"CommandExecution","status":"completed","exit_code":0,"duration":{"secs":0,"nanos":8055}"#
      )
    ])
    #expect(recording.calls.map(\.duration) == [1_000_000])
  }

  @Test func `may stand one behind the other, the newest first`() {
    let sessions = [("t2", "2026-11-22"), ("t1", "2026-11-20")].flatMap { thread, day in
      [
        Self.item("session_meta", #""id":"\#(thread)","timestamp":"\#(day)T00:00:00.000Z""#),
        Self.ask("a"), Self.answer("a", #""Process exited with code 0""#),
      ]
    }
    #expect(Recording(sessions).calls.map(\.instance) == ["t2", "t1"])
  }

  @Test func `record the calls of a script instead of the script`() {
    let script =
      #""type":"custom_tool_call","call_id":"out","name":"exec","namespace":"functions","input":"js""#
    let output = #""type":"custom_tool_call_output","call_id":"out","output":"done""#
    let inner = #""type":"CommandExecution","command":["ls"],"status":"completed","exit_code":0"#
    let recording = Recording([
      Self.start, Self.item("response_item", script), Self.completed("exec-1", inner),
      Self.item("response_item", output),
    ])
    #expect(recording.calls.map(\.tool) == ["command_execution"])
    #expect(recording.openCalls.isEmpty)
  }

  @Test func `record a script whose calls are not recorded`() {
    let script =
      #""type":"custom_tool_call","call_id":"out","name":"exec","namespace":"functions","input":"js""#
    let output = #""type":"custom_tool_call_output","call_id":"out","output":"done""#
    let recording = Recording([
      Self.start, Self.item("response_item", script), Self.item("response_item", output),
    ])
    #expect(recording.calls.map(\.tool) == ["exec"])
  }

  @Test func `say where the session is at home`() throws {
    let recording = Recording([
      Self.start, Self.item("turn_context", #""model":"gpt","cwd":"/w/sub""#),
    ])
    let patch = try #require(recording.patches.first)
    #expect(patch.text("repo") == "acme/tools")
    #expect(patch.text("branch_name") == "main")
    #expect(recording.patches.last?.text("model") == "gpt")
    #expect(recording.changes.map(\.status) == ["started"])
  }

  @Test func `keep their thread when they begin with a copy of another`() {
    let fork = Self.item("session_meta", #""id":"t2","forked_from_id":"t1","cwd":"/w""#)
    let recording = Recording([fork, Self.start, Self.ask("c"), Self.answer("c", #""x""#)])
    #expect(recording.calls.map(\.session) == ["t2"])
  }

  @Test func `of sub-agents make them children of the thread that started them`() {
    let child = Self.item("session_meta", #""id":"t2","parent_thread_id":"t1","cwd":"/w""#)
    let relationship = Recording([child]).patches.first { $0.kind == .relationship }
    #expect(relationship?.text("parent_instance") == "t1")
    #expect(relationship?.text("child_instance") == "t2")
  }

  @Test func `of old versions stand without an envelope`() {
    let recording = Recording([
      #"{"id":"old","timestamp":"2025-05-01T00:00:00Z","instructions":null}"#,
      #"{"type":"function_call","name":"shell","arguments":"{}","call_id":"c"}"#,
      #"{"type":"function_call_output","call_id":"c","output":"{\"output\":\"\",\"metadata\":{\"exit_code\":0}}"}"#,
    ])
    #expect(recording.calls.map(\.outcome) == [.ok])
    #expect(recording.calls.map(\.session) == ["old"])
  }

  @Test func `keep what is told of a call after its turn was aborted`() {
    let abort = Self.item("event_msg", #""type":"turn_aborted","reason":"interrupted""#)
    let recording = Recording([Self.ask("c"), abort, Self.answer("c", #""aborted by user""#)])
    let versions = recording.events.filter(\.isCall)
    #expect(versions.map(\.outcome) == [.incomplete, .unknown])
    #expect(versions.last?.superseded == versions.first?.uid)
  }

  @Test func `give up open calls with an aborted turn`() {
    let abort = Self.item("event_msg", #""type":"turn_aborted","reason":"interrupted""#)
    let recording = Recording([Self.start, Self.ask("c"), abort])
    #expect(recording.calls.map(\.outcome) == [.incomplete])
  }

  @Test func `and the old stream have the same events`() {
    let recording = Recording([
      #"{"id":"0","msg":{"type":"mcp_tool_call_begin","call_id":"a","invocation":{"server":"s","tool":"t","arguments":{}}}}"#,
      #"{"id":"0","msg":{"type":"mcp_tool_call_end","call_id":"a","invocation":{"server":"s","tool":"t"},"duration":{"secs":1,"nanos":500000},"result":{"Ok":{"content":[],"isError":false}}}}"#,
      #"{"id":"0","msg":{"type":"exec_command_end","call_id":"b","stdout":"","stderr":"no","exit_code":1}}"#,
      #"{"id":"0","msg":{"type":"mcp_tool_call_end","call_id":"c","invocation":{"server":"s","tool":"t"},"result":{"Err":"timed out"}}}"#,
    ])
    #expect(recording.calls.map(\.outcome) == [.ok, .error, .error])
    #expect(recording.calls.map(\.duration) == [1_000_500, nil, nil])
    #expect(recording.calls.map(\.error) == [nil, "exit code 1: no", "timed out"])
    #expect(recording.calls.allSatisfy { $0.format == "codex.proto" })
  }

  @Test func `keep their thread when the copy holds copies itself`() {
    func meta(_ id: String, _ second: Int, _ rest: String = "") -> String {
      Self.item(
        "session_meta",
        #""id":"\#(id)","timestamp":"2026-11-20T10:00:0\#(second).000Z","cwd":"/w"\#(rest)"#
      )
    }
    let recording = Recording([
      meta("t3", 3, #","forked_from_id":"t2""#), meta("t2", 2, #","forked_from_id":"t1""#),
      meta("t1", 1), Self.ask("c"), Self.answer("c", #""x""#), meta("t4", 4), Self.ask("d"),
    ])
    #expect(recording.calls.map(\.session) == ["t3", "t4"])
  }

  @Test func `end the session with its turn, and begin it anew with the next`() {
    func turn(_ type: String, _ id: String, _ rest: String = "") -> String {
      Self.item("event_msg", #""type":"\#(type)","turn_id":"\#(id)"\#(rest)"#)
    }
    let recording = Recording([
      Self.start, turn("task_started", "u1"), turn("task_complete", "u1", #","duration_ms":389"#),
      turn("task_started", "u2"), turn("turn_aborted", "u2", #","reason":"interrupted""#),
    ])
    #expect(recording.changes.map(\.status) == ["started", "terminated", "started", "terminated"])
    #expect(recording.changes.map(\.duration) == [nil, 389_000, nil, nil])
    #expect(recording.changes.map(\.outcome) == [.ok, .ok, .ok, .cancelled])
    #expect(recording.changes.last?.error == "interrupted")
    #expect(recording.changes[1].uid == "codex:t1:u1-terminated")
  }

  @Test(arguments: [[0, 1], [1, 0]])
  func `record a search once, though what the model asked has no id`(order: [Int]) {
    let lines = [
      Self.item("event_msg", #""type":"web_search_end","call_id":"ws_1","query":"x""#),
      Self.item("response_item", #""type":"web_search_call","action":{"query":"x"}"#),
    ]
    let recording = Recording([Self.start] + order.map { lines[$0] })
    #expect(recording.calls.map(\.tool) == ["web_search"])
  }

  @Test func `tell that a command of an older version was declined`() {
    let end = #""type":"exec_command_end","call_id":"c","status":"declined","exit_code":-1"#
    let recording = Recording([Self.start, Self.item("event_msg", end)])
    #expect(recording.calls.map(\.outcome) == [.denied])
  }

  @Test func `name files, images and tools of all kinds`() {
    let recording = Recording([
      Self.start,
      Self.completed(
        "f",
        #""type":"FileChange","changes":{"/a":{"type":"update"},"/b":{"type":"add"}},"status":"completed""#
      ),
      Self.completed("i", #""type":"ImageView","path":"/p.png""#),
      Self.completed(
        "d",
        #""type":"DynamicToolCall","namespace":"crm","tool":"find","arguments":{},"status":"failed","error":"none""#
      ),
      Self.completed("s", #""type":"Sleep","duration":{"secs":2,"nanos":0}"#),
      Self.completed("r", #""type":"Reasoning""#),
    ])
    #expect(recording.calls.map(\.tool) == ["file_change", "image_view", "crm.find", "sleep"])
    #expect(recording.calls.map(\.outcome) == [.ok, .ok, .error, .ok])
    #expect(recording.calls.map(\.duration) == [1_000_000, 1_000_000, 1_000_000, 2_000_000])
    #expect(recording.calls[0]["paths"]?.elements.map(\.string) == ["/a", "/b"])
    #expect(recording.calls[1]["paths"]?.elements.map(\.string) == ["/p.png"])
    #expect(recording.calls[2].error == "none")
  }
}
