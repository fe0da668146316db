import MCPEvents
import Testing

@testable import MCPAdapters

@Suite struct `The channels of one agent` {
  private static let id = "toolu_01JuvmJubaYKvhVscQTbaJV6"

  /// One call as each channel tells it; the hooks stop before its end.
  private static let channels: [[String]] = [
    [Lines.claudeInit(), Lines.claudeCall(id, "Bash"), Lines.claudeResult(id), Lines.claudeEnd()],
    [Lines.transcriptCall(id), Lines.transcriptResult(id)],
    [Lines.hookCall("PreToolUse", id), Lines.hookCall("PostToolUse", id)],
    [Lines.mcpCall("1", meta: #"{"claudecode/toolUseId":"\#(id)"}"#), Lines.mcpResult("1")],
    [Lines.hookCall("PreToolUse", id), Lines.hook("SessionEnd")],
  ]

  private static let orders = permutations(of: [0, 1, 2, 3, 4])

  private static func permutations(of items: [Int]) -> [[Int]] {
    guard items.count > 1 else { return [items] }
    return items.flatMap { first in
      permutations(of: items.filter { $0 != first }).map { [first] + $0 }
    }
  }

  @Test(arguments: orders)
  func `give a call once, in any order`(order: [Int]) {
    var stored = StoredEvents()
    for index in order { stored.add(Recording(Self.channels[index]).events) }
    #expect(stored.calls.map(\.outcome) == [.ok])
  }

  @Test func `may come through one pipe`() {
    let recording = Recording(Self.channels.flatMap { $0 })
    #expect(recording.calls.map(\.outcome) == [.ok])
  }

  @Test(arguments: [true, false])
  func `agree that a call was denied, whoever knows it`(isStreamFirst: Bool) {
    let denial = Lines.claudeEnd(extra: #","permission_denials":[{"tool_use_id":"\#(Self.id)"}]"#)
    let stream = [
      Lines.claudeCall(Self.id, "Bash"), Lines.claudeResult(Self.id, isError: true), denial,
    ]
    let transcript = [
      Lines.transcriptCall(Self.id), Lines.transcriptResult(Self.id, isError: true),
    ]
    var stored = StoredEvents()
    for lines in isStreamFirst ? [stream, transcript] : [transcript, stream] {
      stored.add(Recording(lines).events)
    }
    #expect(stored.calls.map(\.outcome) == [.denied])
  }

  @Test func `of Codex give a call once, and the better record of it`() {
    let id = "call_0123456789abcdefghijklmn"
    let turn = #","turn_id":"t","model":"m""#
    let hooks = [
      Lines.hookCall("PreToolUse", id, extra: turn), Lines.hookCall("PostToolUse", id, extra: turn),
    ]
    let rollout = [
      #"{"type":"session_meta","payload":{"id":"s1"}}"#,
      #"{"type":"event_msg","payload":{"type":"item_completed","item":{"type":"CommandExecution","id":"\#(id)","status":"failed","exit_code":1}}}"#,
    ]
    for order in [[hooks, rollout], [rollout, hooks]] {
      var stored = StoredEvents()
      for lines in order { stored.add(Recording(lines).events) }
      #expect(stored.calls.map(\.outcome) == [.error])
    }
  }

  @Test func `of several agents may alternate in one stream`() {
    let recording = Recording([
      Lines.claudeCall("a", "Bash"), #"{"type":"thread.started","thread_id":"t1"}"#,
      Lines.codexItem("started", "item_0", #""type":"command_execution","command":"x""#),
      Lines.mcpCall("1"), Lines.claudeResult("a"), Lines.mcpResult("1"),
      Lines.codexItem(
        "completed",
        "item_0",
        #""type":"command_execution","status":"completed","exit_code":0"#
      ),
    ])
    #expect(recording.calls.map(\.format) == ["claude.stream", "mcp.jsonrpc", "codex.exec"])
    #expect(recording.calls.allSatisfy { $0.outcome == .ok })
  }
}
