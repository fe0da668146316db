import Glibc
import MCPSystem
import MCPTestSupport
import Testing

@testable import MCPStore

@Suite struct `The sign of those who wait for the write lock` {
  @Test func `is seen by others until it is taken down`() throws {
    let directory = try TemporaryDirectory()
    let path = try database(in: directory)
    let (sign, other) = (WaitSign(database: path), WaitSign(database: path))
    #expect(!other.isSeen)
    sign.show()
    sign.show()
    #expect(other.isSeen)
    #expect(!sign.isSeen)
    sign.show()
    sign.hide()
    #expect(!other.isSeen)
  }

  @Test func `may be shown by several at once`() throws {
    let directory = try TemporaryDirectory()
    let path = try database(in: directory)
    let signs = [WaitSign(database: path), WaitSign(database: path)]
    for sign in signs { sign.show() }
    let looking = WaitSign(database: path)
    #expect(looking.isSeen)
    signs[0].hide()
    #expect(looking.isSeen)
    signs[1].hide()
    #expect(!looking.isSeen)
  }

  @Test func `is seen under any name of the database`() throws {
    let directory = try TemporaryDirectory()
    let other = try TemporaryDirectory()
    let path = try database(in: directory)
    let link = other.file("link.db")
    #expect(unsafe symlink(path, link) == 0)
    let sign = WaitSign(database: link)
    sign.show()
    #expect(WaitSign(database: path).isSeen)
    sign.hide()
  }

  @Test func `goes with whoever showed it`() throws {
    let directory = try TemporaryDirectory()
    let path = try database(in: directory)
    do {
      let sign = WaitSign(database: path)
      sign.show()
    }
    #expect(!WaitSign(database: path).isSeen)
  }

  @Test func `counts as seen where nobody can tell`() {
    #expect(WaitSign(database: "/nowhere/at/all.db").isSeen)
  }

  @Test func `is shown by a store as long as it waits`() throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("events.db")
    let store = try AgentStore(path: path)
    let other = try AgentStore(path: path)
    var worker: Worker<Void, any Error>?
    _ = try store.write(.operationFailed, "hold the lock") { _ in
      worker = try Worker { _ = try other.beginRun(.of("other")) }
      while !store.othersWait { Sleep.microseconds(500) }
    }
    try worker.take()?.join()
    #expect(!store.othersWait)
  }

  private func database(in directory: TemporaryDirectory) throws -> String {
    let path = directory.file("events.db")
    try FileDescriptor.open(path, for: .creating).close()
    return path
  }
}

extension RunDescription {
  fileprivate static func of(_ source: String) -> Self {
    RunDescription(source: source, processID: 1, programVersion: "test")
  }
}
