import MCPEvents
import Testing

@Suite struct `The name of an event` {
  @Test(arguments: EventUID.Phase.allCases)
  func `tells which version of the call it is`(phase: EventUID.Phase) {
    let uid = EventUID.make(family: "claude", scope: "s", call: "c", phase: phase)
    let (base, version) = EventUID.base(of: uid)
    #expect(base == "claude:s:c")
    #expect(version == phase)
  }

  @Test func `is not confused by colons`() {
    let first = EventUID.make(family: "x", scope: "a:b", call: "c:denied")
    let second = EventUID.make(family: "x", scope: "a", call: "b:c:denied")
    #expect(first != second)
    #expect(EventUID.base(of: first).phase == .result)
  }
}
