import Foundation
import MCPEvents
import MCPStore
import MCPSystem
import Testing

@Suite struct `Reading only` {
  private static let line = #"{"instance_id":"a","tool_name":"t","success":true}"#

  private func bytes(_ path: String) throws -> Data? { FileManager.default.contents(atPath: path) }

  @Test func `changes neither the database nor its log`() throws {
    let fixture = try ReadFixture()
    try fixture.record([Self.line])
    let before = (try bytes(fixture.path), try bytes(fixture.path + "-wal"))
    #expect(try fixture.column("id", of: .events) == ["1"])
    #expect(try bytes(fixture.path) == before.0)
    #expect(try bytes(fixture.path + "-wal") == before.1)
    #expect(before.1?.isEmpty == false)
  }

  @Test func `sees one state while a writer goes on`() throws {
    let fixture = try ReadFixture()
    try fixture.record([Self.line])
    let reader = try StoreReader(path: fixture.path)
    var counts: [Int] = []
    try reader.read { snapshot in
      for _ in 1...2 {
        var count = 0
        try snapshot.forEachEventLine(RecordQuery()) { _ in count += 1 }
        counts.append(count)
        try fixture.record([Self.line])
      }
    }
    #expect(counts == [1, 1])
    #expect(try fixture.column("id", of: .events).count == 3)
  }

  @Test func `reads what a crash left in the log`() throws {
    let fixture = try ReadFixture()
    try fixture.record([Self.line])
    let copy = fixture.directory + "/crashed.db"
    for suffix in ["", "-wal"] {
      try FileManager.default.copyItem(atPath: fixture.path + suffix, toPath: copy + suffix)
    }
    let before = (try bytes(copy), try bytes(copy + "-wal"))
    let reader = try StoreReader(path: copy)
    var count = 0
    try reader.read { try $0.forEachEventLine(RecordQuery()) { _ in count += 1 } }
    reader.close()
    #expect(count == 1)
    #expect(try bytes(copy) == before.0)
    #expect(try bytes(copy + "-wal") == before.1)
  }

  @Test(arguments: [("", StoreError.Reason.notADatabase), ("no database", .notADatabase)])
  func `says what is no database`(content: String, reason: StoreError.Reason) throws {
    let fixture = try ReadFixture()
    let path = fixture.directory + "/other"
    try Data(content.utf8).write(to: URL(fileURLWithPath: path))
    let error = #expect(throws: StoreError.self) { try StoreReader(path: path) }
    #expect(error?.reason == reason)
  }

  @Test func `says what is not there`() throws {
    let error = #expect(throws: StoreError.self) { try StoreReader(path: "/nowhere/x.db") }
    #expect(error?.reason == .notFound)
  }

  @Test func `says that a directory is no database`() throws {
    let error = #expect(throws: StoreError.self) { try StoreReader(path: "/tmp") }
    #expect(error?.reason == .notADatabase)
  }
}
