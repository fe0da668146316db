import MCPEvents
@testable import MCPStore
import MCPSystem
import MCPTestSupport
import Synchronization
import Testing

@Suite struct `The write-ahead log of a bulk load` {
  private static let usualLimit: Int64 = 64 << 20
  private static let count = SQLFragment("SELECT COUNT(*) FROM mcp_events")

  @Test func `is begun anew though two writers go on all the time`() throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("events.db")
    let largest = Mutex<Int64>(0)
    // Together they store 320 MiB; how long the log gets depends on what else the machine does.
    @Sendable func storeMuch(of instance: String) throws {
      let store = try AgentStore(path: path)
      for _ in 0..<80 {
        try store.appendMuch(of: instance)
        largest.withLock { $0 = max($0, store.logBytes) }
      }
      try store.close()
    }
    let other = try Worker { try storeMuch(of: "b") }
    try storeMuch(of: "a")
    try other.join()
    let most = largest.withLock(\.self)
    #expect((1..<Int64(160 << 20)).contains(most))
    let reader = try StoreReader(path: path)
    #expect(try reader.read { try $0.integer(Self.count) } == 3200)
  }

  @Test func `grows while a reader keeps an old state, and no more after it has left`() throws {
    let directory = try TemporaryDirectory()
    let store = try AgentStore(path: directory.file("events.db"))
    try store.appendMuch(of: "a")
    let reader = try StoreReader(path: store.path)
    try reader.read { snapshot in
      _ = try snapshot.integer(Self.count)
      while store.logBytes < Self.usualLimit { try store.appendMuch(of: "a") }
    }
    for _ in 0..<3 { try store.appendMuch(of: "a") }
    #expect(store.logBytes < Self.usualLimit)
    try store.close()
  }

  @Test func `is gone with the last store, closed or not`() throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("events.db")
    do {
      let store = try AgentStore(path: path)
      for _ in 0..<4 { try store.appendMuch(of: "a") }
    }
    #expect(try FileStatus.of(path) != nil)
    #expect(try FileStatus.of(path + "-wal") == nil)
  }
}

extension AgentStore {
  /// Stores 20 events of 100 KiB each.
  fileprivate func appendMuch(of instance: String) throws {
    let text = String(repeating: "x", count: 100 << 10)
    let line = Array(
      #"{"instance_id":"\#(instance)","tool_name":"t","success":true,"metadata":"\#(text)"}"#.utf8
    )
    var decoder = LineDecoder()
    var batch = RecordBatch()
    for number in 1...20 {
      _ = try decoder.decode(
        line.span,
        at: LinePosition(number: Int64(number), offset: 0, length: 1),
        receivedAt: UnixTime(milliseconds: 5),
        into: &batch.events
      )
    }
    let seal = seal(&batch)
    _ = try append(batch, seal, in: RunContext())
  }
}
