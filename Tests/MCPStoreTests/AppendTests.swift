import MCPEvents
import MCPStore
import MCPTestSupport
import Testing

@Suite struct `Appending a batch` {
  @Test func `stores the events of its lines, sealed`() throws {
    let directory = try TemporaryDirectory()
    let store = try AgentStore(path: directory.file("events.db"))
    var decoder = LineDecoder()
    var batch = RecordBatch()
    for number in 1...3 {
      let line = Array(
        #"{"instance_id":"a","tool_name":"t","success":true,"metadata":{"n":1}}"#.utf8
      )
      _ = try decoder.decode(
        line.span,
        at: LinePosition(number: Int64(number), offset: 0, length: 1),
        receivedAt: UnixTime(milliseconds: 5),
        into: &batch.events
      )
    }
    let seal = store.seal(&batch)
    let result = try store.append(batch, seal, in: RunContext())
    #expect(result.storedEvents == 3)
    #expect(result.counts.events == 3)
  }
}
