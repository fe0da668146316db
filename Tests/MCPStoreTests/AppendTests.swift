import GRDB
import MCPEvents
import MCPTestSupport
import Testing

@testable import MCPStore

@Suite struct `Appending batches` {
  private let directory: TemporaryDirectory
  private let store: AgentStore

  init() throws {
    directory = try TemporaryDirectory()
    store = try AgentStore(path: directory.file("events.db"))
  }

  @Test func `stores the events of their lines, sealed`() throws {
    let sealed = try store.sealedBatch(events: 3)
    let result = try store.append(sealed.batch, sealed.seal, in: RunContext())
    #expect(result.storedEvents == 3)
    #expect(result.counts.events == 3)
    #expect(try store.sealedCounts() == [3])
  }

  @Test(arguments: [CommitSync.atCommit, .later])
  func `takes those that are ready into the same transaction`(sync: CommitSync) throws {
    var group = [try store.sealedBatch(events: 2)]
    var ready = [try store.sealedBatch(events: 1), try store.sealedBatch(events: 4)]
    var states: [Int] = []
    let results = try store.append(&group, in: RunContext(), syncing: sync) {
      states.append((try? store.eventCount()) ?? -1)
      return ready.isEmpty ? nil : ready.removeFirst()
    }
    #expect(results.map(\.storedEvents) == [2, 1, 4])
    #expect(group.count == 3)
    // Others see nothing of it before it is committed, then everything.
    #expect(states == [0, 0, 0])
    #expect(try store.sealedCounts() == [2, 1, 4])
    try store.syncLog()
  }

  @Test func `stores nothing of a group of which one cannot be stored`() throws {
    var checkpoint = FileCheckpoint(
      prefixLength: 1,
      prefixDigest: [1],
      coveredBytes: 10,
      coveredLines: 1,
      path: "events.jsonl"
    )
    checkpoint.expectation = .coveredBytes(5)
    var context = RunContext()
    context.runID = try store.beginRun(
      RunDescription(source: "test", processID: 1, programVersion: "test")
    )
    var group = [try store.sealedBatch(events: 2)]
    var ready = [try store.sealedBatch(events: 3, checkpoint)]
    let error = #expect(throws: StoreError.self) {
      try store.append(&group, in: context, syncing: .later) { ready.popLast() }
    }
    #expect(error?.reason == .conflict)
    #expect(group.count == 2)
    #expect(try store.eventCount() == 0)
    // The first can be stored all the same, and gets the first numbers.
    group.removeLast()
    #expect(try store.append(&group, in: context, syncing: .later) { nil }.count == 1)
    #expect(try store.sealedCounts() == [2])
  }

  @Test(arguments: [1, 2, 3, 5, 32, 33])
  func `stores each value, whatever that of the event before was`(period: Int) throws {
    // Blocks of rows share a statement: a value must neither stay nor go with the block's turn.
    var sealed: [SealedBatch] = []
    for first in [0, 100] {
      let lines = (first..<first + 100).map { Self.line($0, period) }
      sealed.append(try store.sealedBatch(lines))
    }
    for batch in sealed { _ = try store.append(batch.batch, batch.seal, in: RunContext()) }
    let stored: [String] = try store.seen(
      """
      SELECT success || ' ' || outcome || ' ' || COALESCE(error_message, '-') || ' ' ||
        COALESCE(server_name, '-') || ' ' || COALESCE(tool_kind, '-') || ' ' ||
        COALESCE(duration_us, '-') || ' ' || COALESCE(extra, '-')
      FROM mcp_events ORDER BY id
      """
    )
    #expect(stored == (0..<200).map { Self.columns($0, period) })
  }

  private static func line(_ number: Int, _ period: Int) -> String {
    let mark = number / period % 2 == 0
    let rest =
      mark
      ? #""outcome":"ok","server_name":"s","duration_us":7"#
      : #""outcome":"denied","error_message":"e\#(number)","tool_kind":"read","x":\#(number)"#
    return #"{"instance_id":"a","tool_name":"t",\#(rest)}"#
  }

  private static func columns(_ number: Int, _ period: Int) -> String {
    number / period % 2 == 0
      ? "1 ok - s - 7 -" : #"0 denied e\#(number) - read - {"x":\#(number)}"#
  }

  @Test func `leaves the disk to the next commit that waits for it`() throws {
    var group = [try store.sealedBatch(events: 1)]
    _ = try store.append(&group, in: RunContext(), syncing: .later) { nil }
    #expect(try store.levelNow() == 1)
    _ = try store.beginRun(RunDescription(source: "test", processID: 1, programVersion: "test"))
    #expect(try store.levelNow() == 2)
  }

  @Test func `cannot confirm what it stored once it is closed`() throws {
    try store.close()
    let error = #expect(throws: StoreError.self) { try store.syncLog() }
    #expect(error?.reason == .closed)
  }
}

extension AgentStore {
  /// A batch of events of one instance, ready to be stored.
  fileprivate func sealedBatch(
    events count: Int,
    _ checkpoint: FileCheckpoint? = nil
  ) throws -> SealedBatch {
    let line = #"{"instance_id":"a","tool_name":"t","success":true,"metadata":{"n":1}}"#
    return try sealedBatch(Array(repeating: line, count: count), checkpoint)
  }

  fileprivate func sealedBatch(
    _ lines: [String],
    _ checkpoint: FileCheckpoint? = nil
  ) throws -> SealedBatch {
    var decoder = LineDecoder()
    var batch = RecordBatch()
    for (index, line) in lines.enumerated() {
      let bytes = Array(line.utf8)
      _ = try decoder.decode(
        bytes.span,
        at: LinePosition(number: Int64(index + 1), offset: 0, length: 1),
        receivedAt: UnixTime(milliseconds: 5),
        into: &batch.events
      )
    }
    let seal = seal(&batch)
    return SealedBatch(batch, seal, checkpoint)
  }

  /// How many events others see.
  fileprivate func eventCount() throws -> Int {
    let counts: [Int] = try seen("SELECT COUNT(*) FROM mcp_events")
    return counts.first ?? -1
  }

  /// How many events each sealed batch has, if all is right.
  fileprivate func sealedCounts() throws -> [Int] {
    let report = try StoreReader(path: path).check()
    #expect(report.problems == [])
    return try seen("SELECT count FROM event_batches ORDER BY seq")
  }

  fileprivate func seen<Value: DatabaseValueConvertible>(_ statement: String) throws -> [Value] {
    let queue = try DatabaseQueue(path: path)
    defer { try? queue.close() }
    return try queue.read { try Value.fetchAll($0, sql: statement) }
  }

  /// What SQLite says of the writing connection as the last commit left it: 1 is NORMAL, 2 is FULL.
  fileprivate func levelNow() throws -> Int? {
    let queue = try openQueue()
    return try queue.writeWithoutTransaction { database in
      try Int.fetchOne(database, sql: "PRAGMA synchronous")
    }
  }
}
