import MCPEvents
import Testing

@testable import MCPAdapters

@Suite(.enabled(if: Samples.folder != nil, "the captures in ../shared are not here"))
struct `The captures` {
  @Test(arguments: Samples.names)
  func `give the calls that are expected`(name: String) throws {
    guard var expected = try Samples.expectations()[name] else { return }
    Disagreements.correct(&expected, of: name)
    let recording = try Samples.recording(of: name)
    var stored = StoredEvents()
    stored.add(recording.events)
    var calls = stored.calls
    for one in expected {
      let index = calls.firstIndex { $0.call == one.call && $0.tool == one.tool }
      guard let index else {
        Issue.record("\(name): no call \(one.call) of \(one.tool) in \(calls)")
        continue
      }
      try compare(calls.remove(at: index), one)
    }
    #expect(calls.map { "\($0.call ?? "") \($0.tool)" } == Disagreements.further(in: name))
  }

  private func compare(_ call: RecordedEvent, _ one: Samples.Expectation) throws {
    #expect(call.outcome.rawValue == one.outcome, "\(call)")
    #expect(call.server == one.server, "\(call)")
    #expect(call["mcp_tool"]?.string == one.mcpTool, "\(call)")
    #expect(call.error == one.error, "\(call)")
    #expect(call.parent == one.parent, "\(call)")
    #expect(call["error_type"]?.string == one.errorType || one.errorType == nil, "\(call)")
    #expect(call["task_id"]?.string == one.task, "\(call)")
    if let code = one.exitCode { #expect(call["exit_code"]?.integer == code, "\(call)") }
    if let milliseconds = one.duration {
      let duration = try #require(call.duration)
      #expect(abs(Double(duration) - milliseconds * 1000) <= 1)
    }
  }

  @Test(arguments: Samples.names)
  func `add nothing when they are read again`(name: String) throws {
    var stored = StoredEvents()
    let first = try Samples.recording(of: name)
    stored.add(first.events)
    let count = stored.count
    let second = try Samples.recording(of: name)
    stored.add(second.events)
    #expect(stored.count == count)
    #expect(second.patches == first.patches)
  }

  @Test(arguments: Samples.names)
  func `are never mistaken for the line protocol`(name: String) throws {
    var decoder = LineDecoder()
    var batch = EventBatch()
    for (index, line) in try Samples.lines(of: name).enumerated() {
      let position = LinePosition(number: Int64(index), offset: 0, length: 0)
      let result = try? decoder.decode(
        line.span,
        at: position,
        receivedAt: UnixTime(milliseconds: 0),
        into: &batch
      )
      switch result {
      case .event, .patch, .ignored: Issue.record("line \(index + 1) of \(name)")
      case .foreign, nil: break
      }
    }
  }

  @Test(arguments: Samples.names)
  func `leave no call open`(name: String) throws {
    let recording = try Samples.recording(of: name)
    #expect(recording.recorder.openCallCount == 0)
    #expect(recording.openCalls.isEmpty)
  }
}
