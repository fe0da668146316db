import MCPEvents
import MCPStore
import MCPSystem
import MCPTestSupport
import Testing

@testable import MCPIngest

@Suite struct `A run that gets nothing` {
  /// When the runs of a database gave their last sign of life.
  private func heartbeats(_ path: String) throws -> [UnixTime] {
    let column = try #require(RecordTable.runs.columns.firstIndex { $0.name == "heartbeat_at" })
    var times: [UnixTime] = []
    try StoreReader(path: path).read { snapshot in
      try snapshot.forEachRun(RecordQuery(), seenBy: .here) { values in
        guard case .integer(let time) = values[column] else { return }
        times.append(UnixTime(milliseconds: time))
      }
    }
    return times
  }

  @Test func `gives a sign of life now and then`() async throws {
    let clock = TestClock()
    let temporary = try await TemporaryStore(clock: clock)
    let (outbox, writer) = try makeWriter(of: temporary.store)
    writer.noteEmpty("stdin")
    #expect(try heartbeats(temporary.path) == [clock.now])
    let thread = try Worker { writer.work() }
    clock.advance(by: .seconds(60))
    let deadline = ContinuousClock.now + .seconds(60)
    while try heartbeats(temporary.path) != [clock.now], .now < deadline {
      Sleep.microseconds(1000)
    }
    #expect(try heartbeats(temporary.path) == [clock.now])
    outbox.close()
    thread.join()
  }

  private func makeWriter(of store: AgentStore) throws -> (BatchOutbox, BatchWriter) {
    var options = IngestOptions()
    options.heartbeat = .milliseconds(1)
    let outbox = BatchOutbox(store: store, isPatient: true)
    let writer = BatchWriter(
      store: store,
      outbox: outbox,
      context: RunContext(),
      describe: { RunDescription(source: $0, processID: 1, programVersion: "test") },
      stopsAtFailure: true,
      options: options,
      acknowledge: { _ in }
    )
    return (outbox, writer)
  }
}
