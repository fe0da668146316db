import MCPEvents
import MCPSystem
import Testing

@testable import MCPIngest

/// Numbers that are always the same.
private struct Sequence: RandomNumberGenerator {
  var state: UInt64 = 1

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1
    return state
  }
}

@Suite struct `Instance of a command` {
  // 2026-08-22T14:09:55Z
  private let now = UnixTime(milliseconds: 1_787_407_795_000)

  private func instance(
    given: String? = nil,
    outer: String? = nil,
    command: String = "/usr/bin/claude"
  ) -> CommandInstance {
    var random = Sequence()
    return CommandInstance(
      given: given,
      outer: outer,
      command: command,
      now: now,
      random: &random
    )
  }

  @Test func `is the named one`() {
    #expect(instance(given: "work-123").id == "work-123")
  }

  @Test func `else says what runs and since when`() {
    #expect(instance().id.wholeMatch(of: /claude-20260822-140955-[a-z0-9]{5}/) != nil)
  }

  @Test func `is a child of the one around it`() {
    let inner = instance(outer: "work-123")
    #expect(inner.id.wholeMatch(of: /work-123\.claude-[a-z0-9]{5}/) != nil)
    #expect(inner.parent == "work-123")
  }

  @Test func `is a child of the one around it under its own name too`() {
    #expect(instance(given: "mine", outer: "work-123").parent == "work-123")
  }

  @Test func `is no child of itself`() {
    #expect(instance(given: "work-123", outer: "work-123").parent == nil)
  }

  @Test func `does not grow with each level for ever`() {
    let outer = String(repeating: "x", count: 250)
    #expect(instance(outer: outer).id.count < 60)
  }

  @Test func `has a plain name whatever the command is called`() {
    #expect(instance(command: "./my agent;é").id.hasPrefix("my-agent---2026"))
    #expect(instance(command: "/").id.hasPrefix("command-"))
  }
}

@Suite struct `Notes of a command` {
  private var notes: CommandNotes {
    CommandNotes(
      instance: "a\"b",
      parent: "outer",
      words: ["claude", "-p", "say \"hi\"\n"],
      processID: 7,
      startedAt: UnixTime(milliseconds: 1000)
    )
  }

  @Test func `are lines of the line protocol`() throws {
    var decoder = LineDecoder()
    var batch = RecordBatch()
    let ending = ProcessEnding.killed(.terminate)
    let end = notes.ended(ending, after: .seconds(2), at: UnixTime(milliseconds: 3000))
    for line in notes.opening + [end] {
      let result = try decoder.decode(
        Array(line.utf8).span,
        at: MCPEvents.LinePosition(number: 0, offset: 0, length: 0),
        receivedAt: UnixTime(milliseconds: 0),
        into: &batch.events
      )
      if case .foreign = result { Issue.record("not ours: \(line)") }
    }
    #expect(batch.events.count == 2)
    let row = batch.events.rows[1]
    #expect(row.outcome == .cancelled)
    #expect(row.duration == 2_000_000)
    #expect(batch.events.string(row.metadata) == #"{"exit_status":143,"signal":"SIGTERM"}"#)
    #expect(batch.events.string(row.statusChange) == "terminated")
  }

  @Test func `do not end before they began`() {
    let end = notes.ended(.exited(0), after: .zero, at: UnixTime(milliseconds: 1))
    #expect(end.contains(#""timestamp":1000,"#))
  }
}
