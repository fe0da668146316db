import MCPStore
import MCPTestSupport
import Synchronization
import Testing

@testable import MCPIngest

@Suite struct `The thread that waits for the disk` {
  private final class Reports: Sendable {
    private let numbers = Mutex<[Int]>([])
    var all: [Int] { numbers.withLock { $0 } }
    func add(_ number: Int) { numbers.withLock { $0.append(number) } }
  }

  @Test func `reports in the order of the commits, each once`() throws {
    let directory = try TemporaryDirectory()
    let store = try AgentStore(path: directory.file("events.db"))
    let disk = SyncThread(store)
    let reports = Reports()
    for number in 1...20 {
      if number.isMultiple(of: 5) {
        try disk.syncNow { reports.add(number) }
        #expect(reports.all == Array(1...number))
      } else {
        try disk.begin { reports.add(number) }
        #expect(reports.all.starts(with: 1..<number))
      }
    }
    try disk.begin { reports.add(21) }
    try disk.wait()
    #expect(reports.all == Array(1...21))
    disk.close()
  }

  @Test func `has reported everything once it is closed`() throws {
    let directory = try TemporaryDirectory()
    let store = try AgentStore(path: directory.file("events.db"))
    let disk = SyncThread(store)
    let reports = Reports()
    try disk.begin { reports.add(1) }
    disk.close()
    #expect(reports.all == [1])
  }

  @Test func `reports nothing any more once the disk has failed`() throws {
    let directory = try TemporaryDirectory()
    let store = try AgentStore(path: directory.file("events.db"))
    let disk = SyncThread(store)
    let reports = Reports()
    // What cannot be opened cannot be synced either.
    try store.close()
    try disk.begin { reports.add(1) }
    #expect(throws: StoreError.self) { try disk.begin { reports.add(2) } }
    #expect(throws: StoreError.self) { try disk.syncNow { reports.add(3) } }
    #expect(throws: StoreError.self) { try disk.wait() }
    disk.close()
    #expect(reports.all == [])
  }
}
