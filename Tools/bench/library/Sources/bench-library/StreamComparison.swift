internal import GRDB
internal import MCPStore

/// Waits for events that another store on the same file logs.
///
/// By hand is a program that asks for the newest number again and again, without a pause.
struct StreamComparison {
  private let path: String
  private let count: Int
  private let writer: AgentStore
  private let event = NewMCPEvent(instanceID: "work-1", toolName: "edit_file", success: true)

  init(folder: String, count: Int) async throws {
    path = "\(folder)/stream.db"
    self.count = count
    writer = try await AgentStore.open(.file(path))
  }

  func run() async throws -> Comparison {
    let queue = try await Hand.queue(path)
    let reader = try await AgentStore.open(.file(path))
    var events = reader.events().makeAsyncIterator()
    var comparison = Comparison("events(after:), from another store's commit")
    comparison.limit = .milliseconds(250)
    for number in 0..<Int64(count) {
      let ours = try await delay { _ = try await events.next() }
      let byHand = try await delay {
        while try await queue.read(Hand.newestEvent) < 2 * number + 2 {}
      }
      _ = try await events.next()
      comparison.add(ours: ours, byHand: byHand)
    }
    try await reader.disconnect()
    try await writer.disconnect()
    return comparison
  }

  /// The time from the commit of an event until `isSeen` returns, which is waiting by then.
  private func delay(until isSeen: () async throws -> Void) async throws -> Duration {
    let commit = Task { [writer, event] in
      try await Task.sleep(for: .milliseconds(.random(in: 20...120)))
      try await writer.logMCPEvent(event)
      return ContinuousClock.now
    }
    try await isSeen()
    let end = ContinuousClock.now
    return end - (try await commit.value)
  }
}
