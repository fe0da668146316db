import MCPEvents
import MCPStore
import Testing

@Suite struct `How a run stands` {
  private let observer = RunObserver(
    host: "here",
    now: UnixTime(milliseconds: 10_000_000),
    isRunning: { processID, _ in processID == 42 }
  )

  @Test(
    arguments: [
      ("finished", "here", 1, 0, "finished"),
      (nil, "here", 42, 0, "running"),
      (nil, "here", 43, 10_000_000, "interrupted"),
      (nil, "there", 43, 9_400_000, "running"),
      (nil, "there", 42, 9_399_999, "interrupted"),
    ] as [(String?, String, Int64, Int64, String)]
  )
  func `is seen from here`(
    ending: String?,
    host: String,
    processID: Int64,
    heartbeat: Int64,
    expected: String
  ) {
    let state = observer.state(
      ending: ending,
      runHost: host,
      processID: processID,
      heartbeat: UnixTime(milliseconds: heartbeat)
    )
    #expect(state == expected)
  }
}
