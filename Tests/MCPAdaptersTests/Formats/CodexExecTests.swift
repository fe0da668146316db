import MCPEvents
import Testing

@testable import MCPAdapters

@Suite struct `Codex' stream` {
  private static let start = #"{"type":"thread.started","thread_id":"t1"}"#
  private static let end = #"{"type":"turn.completed","usage":{"input_tokens":3}}"#

  private static func command(_ event: String, _ id: String, _ rest: String) -> String {
    Lines.codexItem(event, id, #""type":"command_execution","command":"x","# + rest)
  }

  @Test(
    arguments: [
      (#""aggregated_output":"","exit_code":0,"status":"completed""#, Outcome.ok, nil),
      (
        #""aggregated_output":"oops\n","exit_code":3,"status":"failed""#, .error,
        "exit code 3: oops"
      ),
      (#""aggregated_output":"","exit_code":null,"status":"declined""#, .denied, "declined"),
    ] as [(String, Outcome, String?)]
  )
  func `tells how commands ended`(rest: String, outcome: Outcome, message: String?) {
    let recording = Recording([Self.start, Self.command("completed", "item_1", rest)])
    #expect(recording.calls.map(\.outcome) == [outcome])
    #expect(recording.calls.map(\.error) == [message])
    #expect(recording.calls.map(\.kind) == [.execute])
  }

  @Test(
    arguments: [
      (
        #""result":{"content":[{"type":"text","text":"hi"}]},"error":null,"status":"completed""#,
        nil
      ),
      (
        #""result":{"content":[{"type":"text","text":"bad"}]},"error":null,"status":"failed""#,
        "bad"
      ),
      (
        #""result":null,"error":{"message":"Mcp error: -32602"},"status":"failed""#,
        "Mcp error: -32602"
      ),
    ] as [(String, String?)]
  )
  func `tells how MCP calls ended`(rest: String, message: String?) {
    let item = #""type":"mcp_tool_call","server":"s","tool":"t","arguments":{"a":1},"# + rest
    let recording = Recording([Self.start, Lines.codexItem("completed", "item_0", item)])
    #expect(recording.calls.map(\.tool) == ["mcp__s__t"])
    #expect(recording.calls.map(\.server) == ["s"])
    #expect(recording.calls.map(\.error) == [message])
    #expect(recording.calls[0]["arguments"]?["a"]?.integer == 1)
  }

  @Test(arguments: [#""update""#, #"{"type":"update"}"#])
  func `names the files of a change, however their kind is written`(kind: String) {
    let item =
      #""type":"file_change","changes":[{"path":"/a","kind":\#(kind)}],"status":"completed""#
    let recording = Recording([Self.start, Lines.codexItem("completed", "item_0", item)])
    #expect(recording.calls[0]["paths"]?.elements.map(\.string) == ["/a"])
    #expect(recording.calls.map(\.kind) == [.edit])
  }

  @Test func `leaves interrupted calls incomplete`() {
    let recording = Recording([
      Self.start, Self.command("started", "item_1", #""status":"in_progress""#),
    ])
    #expect(recording.calls.map(\.outcome) == [.incomplete])
    #expect(recording.calls.map(\.format) == ["codex.exec"])
    #expect(recording.batch.events.rows.last?.line == -1)
  }

  @Test func `tells apart the items of two processes of one thread`() {
    let done = Self.command("completed", "item_0", #""exit_code":0,"status":"completed""#)
    let failed = Self.command("completed", "item_0", #""exit_code":1,"status":"failed""#)
    let open = Self.command("started", "item_1", #""status":"in_progress""#)
    let recording = Recording([
      Self.start, failed, open, Self.start, done,
      Self.command("completed", "item_1", #""exit_code":0,"status":"completed""#),
    ])
    #expect(recording.calls.map(\.outcome) == [.error, .incomplete, .ok, .ok])
    #expect(Set(recording.calls.map { EventUID.base(of: $0.uid).uid }).count == 4)
  }

  @Test func `makes the thread an instance`() throws {
    let recording = Recording([Self.start, #"{"type":"turn.started"}"#, Self.end])
    #expect(recording.changes.map(\.status) == ["started", "terminated"])
    #expect(recording.changes.map(\.instance) == ["t1", "t1"])
    let metadata = try #require(recording.patches.last?.text("metadata"))
    #expect(metadata == #"{"tokens":{"input_tokens":3}}"#)
  }

  @Test func `tells why a turn failed, and takes retries for nothing`() {
    let recording = Recording([
      Self.start, #"{"type":"error","message":"Reconnecting... 1/5"}"#,
      #"{"type":"turn.failed","error":{"message":"bad model"}}"#,
    ])
    #expect(recording.calls.isEmpty)
    #expect(recording.changes.map(\.outcome) == [.ok, .error])
    #expect(recording.changes.last?.error == "bad model")
  }

  @Test func `takes the first of two ids in one object`() {
    let item = #""type":"web_search","id":"ws_1","query":"x","action":{"type":"search"}"#
    let recording = Recording([
      Self.start, Lines.codexItem("started", "item_2", item),
      Lines.codexItem("completed", "item_2", item),
    ])
    #expect(recording.calls.map(\.call) == ["item_2"])
    #expect(recording.calls.map(\.outcome) == [.ok])
  }

  @Test func `makes threads that a call spawned children of the thread`() {
    let item =
      #""type":"collab_tool_call","tool":"spawn_agent","receiver_thread_ids":["t2"],"status":"completed""#
    let lines = [Self.start, Lines.codexItem("completed", "item_4", item)]
    let relationship = Recording(lines).patches.first { $0.kind == .relationship }
    #expect(relationship?.text("parent_instance") == "t1")
    #expect(relationship?.text("child_instance") == "t2")
    let named = Recording(lines) { $0.instance = "mine" }.patches.first { $0.kind == .relationship }
    #expect(named?.text("parent_instance") == "mine")
    #expect(named?.text("child_instance") == "t2")
  }

  @Test(arguments: [
    ("completed", Outcome.ok, nil), ("shutdown", .ok, nil), ("errored", .error, "tool timeout"),
    ("interrupted", .cancelled, "tool timeout"),
  ])
  func `ends threads of which a call says so`(status: String, outcome: Outcome, error: String?) {
    let state = #""agents_states":{"t2":{"status":"\#(status)","message":"tool timeout"}}"#
    let wait =
      #""type":"collab_tool_call","tool":"wait","receiver_thread_ids":["t2","t3"],\#(state)"#
    let lines = [
      Self.start, Lines.codexItem("completed", "item_4", wait),
      Lines.codexItem("completed", "item_5", wait),
    ]
    for name in [nil, "mine"] {
      let ends = Recording(lines) { $0.instance = name }.changes.filter { $0.instance == "t2" }
      #expect(Set(ends.map(\.uid)) == ["codex:t1:t2-terminated"])
      #expect(ends.map(\.outcome) == [outcome, outcome] && ends.map(\.error) == [error, error])
    }
  }

  @Test(arguments: ["pending_init", "running", "not_found"])
  func `leaves threads alone that go on`(status: String) {
    let wait =
      #""type":"collab_tool_call","tool":"wait","receiver_thread_ids":["t2"],"agents_states":{"t2":{"status":"\#(status)"}}"#
    let recording = Recording([Self.start, Lines.codexItem("completed", "item_4", wait)])
    #expect(recording.changes.map(\.instance) == ["t1"])
  }

  @Test(arguments: ["todo_list", "agent_message", "reasoning", "error"])
  func `ignores items that are no calls`(type: String) {
    let recording = Recording([Lines.codexItem("completed", "item_0", #""type":"\#(type)""#)])
    #expect(recording.ignored == 1)
  }

  @Test(arguments: ["hook_prompt", "context_compaction", "new_in_2030"])
  func `ignores items of which it does not know that they are calls`(type: String) {
    let recording = Recording([Lines.codexItem("completed", "item_0", #""type":"\#(type)""#)])
    #expect(recording.ignored == 1)
  }

  @Test(arguments: [("dynamic_tool_call", "lookup"), ("image_view", "image_view")])
  func `records items that are calls`(type: String, tool: String) {
    let item = #""type":"\#(type)","tool":"lookup","status":"completed""#
    let recording = Recording([Lines.codexItem("completed", "item_0", item)])
    #expect(recording.calls.map(\.tool) == [tool])
  }
}
