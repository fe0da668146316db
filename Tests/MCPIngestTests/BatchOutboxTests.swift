import MCPEvents
import MCPStore
import MCPTestSupport
import Testing

@testable import MCPIngest

@Suite struct `What waits for the thread that stores` {
  private let directory: TemporaryDirectory
  private let outbox: BatchOutbox

  init() throws {
    directory = try TemporaryDirectory()
    let store = try AgentStore(path: directory.file("events.db"))
    outbox = BatchOutbox(store: store, isPatient: false)
  }

  @Test func `takes 12 MiB in all, however many batches these are`() {
    let large = (1...9).count { _ in send(mebibytes: 2) }
    #expect(large == 5)
    let small = (1...9).count { _ in send(mebibytes: 0) }
    #expect(small == 9)
    #expect(outbox.takeRest().count == 14)
  }

  @Test func `is one batch of any size if it is alone`() {
    #expect(send(mebibytes: 40))
    #expect(!send(mebibytes: 0))
  }

  @Test func `has room again for what the writer has stored`() {
    #expect(send(mebibytes: 40))
    #expect(outbox.next(every: .seconds(60)) {} != nil)
    #expect(!send(mebibytes: 1), "in the writer's hands it is in memory as well")
    outbox.didWrite()
    #expect(send(mebibytes: 1))
  }

  /// Hands over a batch whose only line was refused.
  private func send(mebibytes count: Int) -> Bool {
    var batch = RecordBatch()
    let line = RejectedLine(
      position: LinePosition(number: 1, offset: 0, length: 1),
      reason: LineRejection(.notJSON, "not JSON"),
      bytes: Array(repeating: UInt8(ascii: "x"), count: count << 20)
    )
    batch.reject(line)
    return outbox.send(&batch, nil, from: "events.jsonl")
  }
}
