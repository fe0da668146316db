import MCPEvents
import MCPStore
import MCPSystem
import Testing

@testable import MCPIngest

@Suite struct `Instance of a tap` {
  private let ancestors = ProcessAncestor.all()

  private func running(
    _ id: String,
    _ ancestor: ProcessAncestor,
    createdBefore milliseconds: Int64 = 0
  ) -> RunningInstance {
    let time = UnixTime(milliseconds: ancestor.startedAt - milliseconds)
    return RunningInstance(
      id: id,
      processID: Int64(ancestor.number),
      createdAt: time,
      lastActivity: time
    )
  }

  private func id(named: String? = nil, _ running: [RunningInstance]) -> String {
    TapInstance(named: named, running: running, ancestors: ancestors, host: "vm").id
  }

  @Test func `is the named one`() throws {
    let parent = try #require(ancestors.first)
    #expect(id(named: "mine", [running("other", parent)]) == "mine")
  }

  @Test func `is else that of the nearest ancestor`() throws {
    try #require(ancestors.count > 1)
    let both = [running("far", ancestors[1]), running("near", ancestors[0])]
    #expect(id(both) == "near")
    #expect(id([both[0]]) == "far")
  }

  @Test func `is not one whose process id was used again`() throws {
    let parent = try #require(ancestors.first)
    let old = running("old", parent, createdBefore: 24 * 3_600_000)
    #expect(id([old]) != "old")
  }

  @Test func `is else one for each client`() throws {
    let parent = try #require(ancestors.first)
    let instance = TapInstance(named: nil, running: [], ancestors: ancestors, host: "vm")
    #expect(instance.id == "tap-vm-\(parent.number)-\(parent.startTicks)")
    #expect(instance.unknownClient == parent.number)
    #expect(instance.notes(Surroundings()).count == 1)
  }

  @Test func `is not the one that another client's tap has made`() throws {
    try #require(ancestors.count > 1)
    #expect(id([running("tap-vm-1-1", ancestors[1])]).hasPrefix("tap-vm-\(ancestors[0].number)-"))
  }
}
