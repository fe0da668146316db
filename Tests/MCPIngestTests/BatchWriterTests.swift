import MCPEvents
import MCPStore
import MCPSystem
import MCPTestSupport
import Synchronization
import Testing

@testable import MCPIngest

@Suite final class `The thread that stores batches` {
  private let directory: TemporaryDirectory
  private let store: AgentStore
  private let outbox: BatchOutbox
  private let acknowledged = Acknowledged()
  private var sent: Int64 = 0

  /// The covered lines that were acknowledged.
  private final class Acknowledged: Sendable {
    private let lines = Mutex<[Int64]>([])
    var all: [Int64] { lines.withLock { $0 } }
    func add(_ progress: BatchWriter.Progress) {
      if progress.failure == nil { lines.withLock { $0.append(progress.coveredLines) } }
    }
  }

  init() throws {
    directory = try TemporaryDirectory()
    store = try AgentStore(path: directory.file("events.db"))
    outbox = BatchOutbox(store: store, isPatient: true)
  }

  @Test func `takes what is ready into one transaction, and acknowledges all of it`() throws {
    for lines in [3, 2] { #expect(send(lines: lines)) }
    outbox.close()
    let writer = writer()
    writer.work()
    #expect(writer.progress.transactions == 1)
    #expect(writer.progress.storedEvents == 5)
    #expect(acknowledged.all == [5])
    #expect(outbox.isIdle)
    #expect(outbox.takeRest().isEmpty)
  }

  @Test func `keeps to one transaction for each source`() throws {
    #expect(send(lines: 3, from: "a"))
    #expect(send(lines: 2, from: "b"))
    outbox.close()
    let writer = writer()
    writer.work()
    #expect(writer.progress.transactions == 2)
    #expect(acknowledged.all == [3, 5])
    #expect(writer.progress.runs.keys.sorted() == ["a", "b"])
  }

  @Test func `stores what comes before a batch that cannot be stored`() throws {
    #expect(send(lines: 3))
    // Somebody else has stored this part of the file.
    #expect(send(lines: 2, expecting: .coveredBytes(7)))
    outbox.close()
    let writer = writer()
    writer.work()
    #expect(writer.progress.failure?.reason == .conflict)
    #expect(writer.progress.storedEvents == 3)
    #expect(acknowledged.all == [3])
    #expect(!outbox.isIdle)
    let rest = outbox.takeRest()
    #expect(rest.map(\.coveredLines) == [5])
    #expect(rest.map(\.events.count) == [2])
  }

  @Test func `gives each batch back in order when the first cannot be stored`() throws {
    #expect(send(lines: 3, expecting: .coveredBytes(7)))
    #expect(send(lines: 2))
    let writer = writer()
    writer.work()
    #expect(outbox.isDead)
    #expect(acknowledged.all == [])
    #expect(outbox.takeRest().map(\.coveredLines) == [3, 5])
  }

  // MARK: What it is given

  private func writer() -> BatchWriter {
    BatchWriter(
      store: store,
      outbox: outbox,
      context: RunContext(),
      describe: { RunDescription(source: $0, processID: 1, programVersion: "test") },
      stopsAtFailure: true,
      options: IngestOptions(),
      acknowledge: acknowledged.add
    )
  }

  /// Hands over a batch of events, of which the last line is counted on from those before.
  private func send(
    lines count: Int,
    from source: String = "events.jsonl",
    expecting expectation: FileCheckpoint.Expectation = .anything
  ) -> Bool {
    var decoder = LineDecoder()
    var batch = outbox.emptyBatch()
    for _ in 1...count {
      let line = Array(#"{"instance_id":"a","tool_name":"t","success":true}"#.utf8)
      sent += 1
      let position = MCPEvents.LinePosition(number: sent, offset: sent, length: 1)
      _ = try? decoder.decode(
        line.span,
        at: position,
        receivedAt: UnixTime(milliseconds: 5),
        into: &batch.events
      )
    }
    (batch.coveredLines, batch.coveredBytes) = (sent, sent)
    var checkpoint = FileCheckpoint(
      prefixLength: 1,
      prefixDigest: Array(source.utf8),
      coveredBytes: batch.coveredBytes,
      coveredLines: batch.coveredLines,
      path: source
    )
    checkpoint.expectation = expectation
    return outbox.send(&batch, checkpoint, from: source)
  }
}
