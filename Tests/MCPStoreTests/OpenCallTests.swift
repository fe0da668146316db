import MCPEvents
import MCPStore
import MCPTestSupport
import Testing

@Suite struct `A call without a result` {
  private let clock = TestClock()

  /// Begins a run of `source` that sees a call begin which is a year old.
  private func run(_ source: String, _ store: AgentStore) throws -> Int64 {
    let description = RunDescription(source: source, processID: 1, programVersion: "test")
    var context = RunContext()
    context.runID = try store.beginRun(description)
    var batch = RecordBatch()
    let start = UnixTime(milliseconds: clock.now.milliseconds - 365 * 86_400_000)
    batch.append(
      .open(OpenCall(eventUID: source, instanceID: "i", toolName: "t", startedAt: start))
    )
    let seal = store.seal(&batch)
    _ = try store.append(batch, seal, in: context)
    return try #require(context.runID)
  }

  private func names(_ store: AgentStore) throws -> [String] {
    try store.newestOpenCalls().map(\.eventUID)
  }

  @Test func `is remembered for a week after the run that saw it begin`() async throws {
    let store = try await AgentStore.inMemory(clock: clock)
    try store.endRuns([run("file", store)], RunStatistics(), .finished)
    clock.advance(by: .seconds(6 * 86_400))
    _ = try store.beginRun(RunDescription(source: "x", processID: 1, programVersion: "test"))
    #expect(try names(store) == ["file"])
    clock.advance(by: .seconds(2 * 86_400))
    _ = try store.beginRun(RunDescription(source: "x", processID: 1, programVersion: "test"))
    #expect(try names(store) == [])
  }

  @Test func `of a hook is remembered by its own age, as the run of hooks never ends`() async throws
  {
    let store = try await AgentStore.inMemory(clock: clock)
    _ = try run(AgentStore.hookSource, store)
    _ = try store.beginRun(RunDescription(source: "x", processID: 1, programVersion: "test"))
    #expect(try names(store) == [])
  }
}
