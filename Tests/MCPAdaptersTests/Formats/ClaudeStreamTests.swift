import MCPEvents
import Testing

@testable import MCPAdapters

@Suite struct `Claude's stream` {
  @Test func `pairs parallel calls whose results come in another order`() {
    let recording = Recording([
      Lines.claudeCall("a", "Read", #"{"file_path":"/f"}"#), Lines.claudeCall("b", "Bash"),
      Lines.claudeResult("b"), Lines.claudeResult("a"),
    ])
    #expect(recording.calls.map(\.tool) == ["Bash", "Read"])
    #expect(recording.calls.map(\.outcome) == [.ok, .ok])
    #expect(recording.calls[1]["paths"]?.elements.map(\.string) == ["/f"])
  }

  @Test(arguments: [(nil, Outcome.ok), (false, .ok), (true, .error)] as [(Bool?, Outcome)])
  func `takes a missing error flag for success`(isError: Bool?, outcome: Outcome) {
    let recording = Recording([
      Lines.claudeCall("a", "Bash"), Lines.claudeResult("a", "\"Exit code 7\"", isError: isError),
    ])
    #expect(recording.calls.map(\.outcome) == [outcome])
    #expect(recording.calls[0]["exit_code"]?.integer == (outcome == .error ? 7 : nil))
  }

  @Test(
    arguments: [
      (#""plain""#, "plain"), (#"[{"type":"text","text":"a"},{"type":"text","text":"b"}]"#, "a\nb"),
      (#"[{"type":"image","source":{"data":"xx"}}]"#, "[image]"),
      (#""<tool_use_error>no</tool_use_error>""#, "no"),
      (#""\u001b[31mred\u001b[0m""#, "red"),
    ]
  )
  func `finds the text of an error in any shape`(content: String, message: String) {
    let recording = Recording([Lines.claudeResult("a", content, isError: true)])
    #expect(recording.calls.map(\.error) == [message])
    #expect(recording.calls.map(\.tool) == ["unknown"])
    #expect(recording.calls[0]["start_missing"]?.bool == true)
  }

  @Test(
    arguments: [
      ("mcp__github__get_issue", "github", "get_issue"),
      ("mcp__plugin_acme_files__read__all", "plugin_acme_files", "read__all"),
      ("mcp__a__b__c", "a__b", "c"),
    ]
  )
  func `splits the names of MCP tools`(name: String, server: String, tool: String) {
    let servers =
      #","mcp_servers":[{"name":"github"},{"name":"plugin:acme:files"},{"name":"a::b"}]"#
    let recording = Recording([
      Lines.claudeInit(extra: servers), Lines.claudeCall("a", name), Lines.claudeResult("a"),
    ])
    #expect(recording.calls.map(\.tool) == [name])
    #expect(recording.calls.map(\.server) == [server])
    #expect(recording.calls[0]["mcp_tool"]?.string == tool)
  }

  @Test func `knows a denial that comes before the result`() {
    let denial =
      #"{"type":"system","subtype":"permission_denied","tool_use_id":"a","message":"no","session_id":"s1"}"#
    let recording = Recording([
      Lines.claudeCall("a", "Edit"), denial,
      Lines.claudeResult("a", "\"not allowed\"", isError: true),
      Lines.claudeEnd(extra: #","permission_denials":[{"tool_use_id":"a"}]"#),
    ])
    #expect(recording.calls.map(\.outcome) == [.denied])
    #expect(recording.calls[0].error == "not allowed")
  }

  @Test func `writes a second row for a denial that is learnt at the end`() {
    let recording = Recording([
      Lines.claudeCall("a", "Edit"), Lines.claudeResult("a", "\"blocked\"", isError: true),
      Lines.claudeEnd(extra: #","permission_denials":[{"tool_use_id":"a"}]"#),
    ])
    let calls = recording.calls
    #expect(calls.map(\.outcome) == [.error, .denied])
    #expect(calls[1].superseded == calls[0].uid)
    #expect(calls[1].error == "blocked")
    #expect(calls[1].uid == calls[0].uid + ":denied")
  }

  @Test func `ends calls without a result with the turn, and corrects that later`() {
    let recording = Recording([
      Lines.claudeCall("a", "Read", #"{"file_path":"/f"}"#), Lines.claudeEnd(),
      Lines.claudeResult("a"),
    ])
    let calls = recording.calls
    #expect(calls.map(\.outcome) == [.incomplete, .ok])
    #expect(calls[1].superseded == calls[0].uid)
    #expect(calls[1].uid + ":provisional" == calls[0].uid)
    #expect(calls[1]["arguments"]?["file_path"]?.string == "/f")
  }

  @Test func `makes the session an instance with its start and its end`() throws {
    let end = Lines.claudeEnd(extra: #","result":"all good","total_cost_usd":0.5,"usage":{"in":1}"#)
    let recording = Recording([Lines.claudeInit(), end])
    #expect(recording.changes.map(\.status) == ["started", "terminated"])
    #expect(recording.changes.map(\.tool) == ["status_update", "status_update"])
    #expect(recording.changes[1].duration == 1_500_000)
    let patch = try #require(recording.patches.first)
    #expect(patch.text("id") == "s1")
    #expect(patch.text("agent") == "claude")
    #expect(patch.text("model") == "opus")
    #expect(patch.text("worktree_path") == "/w")
    let last = try #require(recording.patches.last?.text("metadata"))
    #expect(last.contains(#""result":"all good","cost_usd":0.5,"tokens":{"in":1}"#))
  }

  @Test func `tells how a turn failed`() {
    let end =
      #"{"type":"result","subtype":"error_max_turns","is_error":true,"session_id":"s1","errors":["too many"]}"#
    let recording = Recording([end])
    #expect(recording.changes.map(\.outcome) == [.error])
    #expect(recording.changes.map(\.error) == ["too many"])
  }

  @Test func `makes a sub-agent a child of its session`() throws {
    let start = """
      {"type":"system","subtype":"task_started","task_id":"t1","tool_use_id":"agent-call",\
      "task_type":"local_agent","subagent_type":"Explore","session_id":"s1"}
      """
    let within = #","parent_tool_use_id":"agent-call""#
    let recording = Recording([
      Lines.claudeCall("agent-call", "Agent"), start,
      Lines.claudeCall("inner", "Bash", extra: within), Lines.claudeResult("inner", extra: within),
      Lines.claudeResult(
        "agent-call",
        extra: #","tool_use_result":{"status":"completed","agentId":"t1","totalDurationMs":900}"#
      ),
    ])
    #expect(recording.calls.map(\.instance) == ["s1:t1", "s1"])
    #expect(recording.calls.map(\.parent) == ["agent-call", nil])
    #expect(recording.calls[1].duration == 900_000)
    #expect(recording.changes.map(\.instance) == ["s1:t1", "s1:t1"])
    let relationship = try #require(recording.patches.first { $0.kind == .relationship })
    #expect(relationship.text("parent_instance") == "s1")
    #expect(relationship.text("child_instance") == "s1:t1")
    #expect(relationship.text("relationship_type") == "spawned_subagent")
  }

  @Test func `keeps the agent's own id only as the session of a named instance`() {
    var recording = Recording { $0.instance = "mine" }
    for line in [Lines.claudeInit(), Lines.claudeCall("a", "Bash"), Lines.claudeResult("a")] {
      recording.consume(line)
    }
    #expect(recording.events.map(\.instance) == ["mine", "mine"])
    #expect(recording.events.map(\.session) == ["s1", "s1"])
    #expect(recording.patches.allSatisfy { $0.text("id") == "mine" })
  }

  @Test func `learns later that work in the background failed`() {
    let end = """
      {"type":"system","subtype":"task_notification","task_id":"b1","tool_use_id":"a",\
      "status":"failed","summary":"exit 2","session_id":"s1"}
      """
    let recording = Recording([
      Lines.claudeCall("a", "Bash"),
      Lines.claudeResult("a", extra: #","tool_use_result":{"backgroundTaskId":"b1"}"#), end, end,
    ])
    #expect(recording.calls.map(\.outcome) == [.ok, .error])
    #expect(recording.calls[1].superseded == recording.calls[0].uid)
    #expect(recording.calls[1].error == "exit 2")
  }

  @Test func `ignores what says nothing of calls`() {
    let recording = Recording([
      #"{"type":"stream_event","event":{"type":"x"},"session_id":"s1"}"#,
      #"{"type":"brand_new_2030","session_id":"s1","uuid":"u"}"#,
      #"{"type":"control_request","request_id":"r","request":{"subtype":"can_use_tool"}}"#,
      #"{"type":"system","subtype":"status","session_id":"s1"}"#,
      Lines.claudeResult("never-seen", extra: #","isReplay":true"#),
    ])
    #expect(recording.ignored == 5)
    #expect(recording.events.isEmpty)
    #expect(recording.batch.events.lines.isEmpty)
  }

  @Test func `reads a whole run that is one array`() {
    let run = [
      Lines.claudeInit(), Lines.claudeCall("a", "Bash"), Lines.claudeResult("a"), Lines.claudeEnd(),
    ]
    let recording = Recording(["[" + run.joined(separator: ",") + "]"])
    #expect(recording.calls.map(\.outcome) == [.ok])
    #expect(recording.changes.map(\.status) == ["started", "terminated"])
  }

  @Test func `names the agents that imitate it`() {
    let amp = Lines.claudeInit("T-9")
    let cursor =
      #"{"type":"system","subtype":"init","apiKeySource":"login","cwd":"/w","session_id":"c1","model":"m"}"#
    let recording = Recording([amp, cursor])
    #expect(recording.patches.map { $0.text("agent") } == ["amp", "cursor"])
    #expect(recording.events.map(\.format) == ["amp.stream", "cursor.stream"])
  }

  @Test func `measures by the times of the lines, else by when they were read`() {
    let recording = Recording([
      Lines.claudeCall("a", "Bash", extra: #","timestamp":"2026-11-20T10:00:00.000Z""#),
      Lines.claudeResult("a", extra: #","timestamp":"2026-11-20T10:00:00.250Z""#),
      Lines.claudeCall("b", "Bash"), Lines.claudeResult("b"),
    ])
    #expect(recording.calls.map(\.duration) == [250_000, 10_000])
    #expect(recording.calls[0].timestamp.description == "2026-11-20T10:00:00.250Z")
  }

  @Test func `knows from the end of a turn that a call was denied of which nothing else is known`()
  {
    let denials =
      #","permission_denials":[{"tool_name":"Write","tool_use_id":"a","tool_input":{"file_path":"/f"}}]"#
    let recording = Recording([Lines.claudeEnd(extra: denials)])
    #expect(recording.calls.map(\.outcome) == [.denied])
    #expect(recording.calls.map(\.uid) == ["claude:s1:a:denied"])
    #expect(recording.calls.map(\.superseded) == ["claude:s1:a"], "a row of an earlier recorder")
    #expect(recording.calls.map(\.kind) == [.edit])
    #expect(recording.calls[0]["paths"]?.elements.map(\.string) == ["/f"])
  }

  @Test(arguments: [#"["a"]"#, #"["Bash(rm:*)"]"#])
  func `takes denials that are texts for what they name, if they name a call`(denials: String) {
    let recording = Recording([
      Lines.claudeCall("a", "Edit", session: "T-1"),
      Lines.claudeResult("a", "\"no\"", isError: true, session: "T-1"),
      Lines.claudeEnd("T-1", extra: #","permission_denials":\#(denials)"#),
    ])
    let outcomes: [Outcome] = denials == #"["a"]"# ? [.error, .denied] : [.error]
    #expect(recording.calls.map(\.outcome) == outcomes)
    #expect(recording.calls.allSatisfy { $0.format == "amp.stream" })
  }

  @Test func `learns from a line that names only the work that it was killed`() {
    let update =
      #"{"type":"system","subtype":"task_updated","task_id":"b1","patch":{"status":"killed"},"session_id":"s1"}"#
    let recording = Recording([
      Lines.claudeCall("a", "Bash"),
      Lines.claudeResult("a", extra: #","tool_use_result":{"backgroundTaskId":"b1"}"#), update,
    ])
    #expect(recording.calls.map(\.outcome) == [.ok, .cancelled])
    #expect(recording.calls.last?.error == "the task was killed")
  }

  @Test func `pairs the calls of servers, whose results are objects`() {
    func line(_ block: String) -> String {
      #"{"type":"assistant","message":{"content":[\#(block)]},"session_id":"s1"}"#
    }
    let recording = Recording([
      line(
        #"{"type":"server_tool_use","id":"srvtoolu_1","name":"web_search","input":{"query":"x"}}"#
      ),
      line(
        #"{"type":"web_search_tool_result","tool_use_id":"srvtoolu_1","content":[{"type":"web_search_result","url":"u"}]}"#
      ),
      line(#"{"type":"mcp_tool_use","id":"m","name":"get","server_name":"gh","input":{}}"#),
      line(#"{"type":"mcp_tool_result","tool_use_id":"m","is_error":true,"content":[]}"#),
    ])
    #expect(recording.calls.map(\.outcome) == [.ok, .error])
    #expect(recording.calls.map(\.kind) == [.fetch, .read])
    #expect(recording.calls.map(\.server) == [nil, "gh"])
  }

  @Test func `takes the earliest time that a line states for the beginning of the session`() {
    let patches = Recording([
      Lines.claudeInit(),
      Lines.claudeCall("a", "Bash", extra: #","timestamp":"2026-11-18T10:00:01.000Z""#),
      Lines.claudeResult("a", extra: #","timestamp":"2026-11-18T10:00:02.000Z""#),
    ]).patches
    #expect(
      patches.compactMap { $0["created_at"] }
        == [.integer(1_795_000_000_010), .integer(1_794_996_001_000)]
    )
  }
}
