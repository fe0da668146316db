import MCPEvents
import Testing

@testable import MCPAdapters

@Suite struct `A hostile stream` {
  @Test func `may not keep more calls open than there may be`() {
    var recording = Recording()
    let count = OpenCallTable.openLimit + 500
    for number in 0..<count { recording.consume(Lines.claudeCall("id\(number)", "Bash")) }
    #expect(recording.recorder.openCallCount == OpenCallTable.openLimit)
    #expect(recording.calls.count == 500)
    #expect(recording.calls.allSatisfy { $0.outcome == .incomplete })
    #expect(recording.calls.first?.call == "id0")
    recording.finish()
    #expect(recording.calls.count == count)
    #expect(recording.openCalls.isEmpty)
  }

  @Test func `may not fill the memory with arguments`() {
    var ledger = CallLedger(capture: Capture(level: .all, digest: Recording.digest))
    var batch = RecordBatch()
    let scene = Scene(format: .mcp, arrival: Arrival(time: UnixTime(milliseconds: 0)))
    for number in 0..<40 {
      var facts = CallFacts(CallName(.claude, .session("s"), "\(number)"))
      facts.arguments.set("arguments", json: Array(repeating: 0x31, count: 1 << 20))
      ledger.begin(facts, instance: "i", scene, into: &batch)
      #expect(ledger.size <= OpenCallTable.sizeLimit)
      batch.removeAll()
    }
    #expect(ledger.openCount == 40)
  }

  @Test func `may reuse ids without losing calls`() {
    var recording = Recording()
    for number in 0..<5 {
      recording.consume(Lines.claudeCall("call_1", "Bash", #"{"command":"\#(number)"}"#))
      recording.consume(Lines.claudeResult("call_1"))
    }
    recording.consume(Lines.claudeCall("call_1", "Bash", #"{"command":"4"}"#))
    recording.finish()
    #expect(Set(recording.calls.map(\.uid)).count == 5)
    #expect(recording.calls.allSatisfy { $0.call == "call_1" && $0.outcome == .ok })
  }

  @Test func `may reuse an id more often than ids are remembered`() {
    var recording = Recording()
    let count = 9000
    for number in 0..<count {
      recording.consume(Lines.claudeCall("call_1", "Bash", #"{"command":"\#(number)"}"#))
      recording.consume(Lines.claudeResult("call_1"))
    }
    #expect(Set(recording.calls.map(\.uid)).count == count)
  }

  @Test func `may have huge names`() {
    let huge = String(repeating: "n", count: 100_000)
    let recording = Recording([
      Lines.claudeCall(huge, huge, session: huge), Lines.claudeResult(huge, session: huge),
    ])
    let call = recording.calls[0]
    for text in [call.uid, call.tool, call.instance, call.session ?? "", call.call ?? ""] {
      #expect(text.utf8.count <= 1024)
    }
    #expect(recording.calls.map(\.outcome) == [.ok])
  }

  @Test func `may have names that are almost the same`() {
    let huge = String(repeating: "n", count: 5000)
    let recording = Recording([Lines.claudeResult(huge + "1"), Lines.claudeResult(huge + "2")])
    #expect(Set(recording.calls.map(\.uid)).count == 2)
  }

  @Test func `may have names with U+0000`() {
    let recording = Recording([Lines.claudeCall("a", #"x\u0000y"#), Lines.claudeResult("a")])
    #expect(recording.calls.map(\.tool) == ["x\u{2400}y"])
  }

  @Test func `may nest as deep as a line can`() {
    let deep = String(repeating: "[", count: 500) + String(repeating: "]", count: 500)
    let recording = Recording([
      Lines.claudeCall("a", "Bash", #"{"x":\#(deep)}"#),
      Lines.claudeResult("a", deep, isError: true),
    ])
    #expect(recording.calls.count == 1)
  }

  @Test func `may hide depth in a string`() throws {
    let deep = String(repeating: "[", count: 505) + String(repeating: "]", count: 505)
    let arguments = #"{\"x\":\#(deep)}"#
    let recording = Recording([
      #"{"type":"response_item","payload":{"type":"function_call","call_id":"c","arguments":"\#(arguments)"}}"#
    ])
    #expect(recording.calls[0]["arguments"]?.string?.hasPrefix(#"{"x":[[["#) == true)
  }

  @Test func `may name a great many sessions and sub-agents`() {
    var recording = Recording()
    for number in 0..<3000 {
      recording.consume(Lines.claudeInit("s\(number)"))
      recording.consume(
        Lines.hookCall("PostToolUse", "a\(number)", extra: #","agent_id":"x\#(number)""#)
      )
    }
    #expect(recording.calls.count == 3000)
  }
}
