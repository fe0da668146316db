import Foundation
import GRDB
import MCPEvents
import Testing

@testable import MCPStore

@Suite struct `Lines of events` {
  private func lines(
    _ fixture: ReadFixture,
    _ query: RecordQuery = RecordQuery()
  ) throws -> [String] {
    var lines: [String] = []
    try fixture.read { snapshot in
      try snapshot.forEachEventLine(query) {
        lines.append(String(decoding: Array(copying: $0), as: UTF8.self))
      }
    }
    return lines
  }

  @Test func `are what the evidence is made of`() throws {
    let fixture = try ReadFixture()
    try fixture.record([
      #"{"instance_id":"ä","tool_name":"t","outcome":"denied","error_message":"a\u0000b\u001b[31m","#
        + #""metadata":{"n": [1, 2.50]},"duration_us":7,"tool_kind":"edit","x":{"y":null}}"#,
      #"{"instance_id":"b","tool_name":"t","success":true}"#,
    ])
    var leaves: [UInt8] = []
    var hasher = TreeHasher()
    for line in try lines(fixture) { hasher.leaf(Array(line.utf8)).append(to: &leaves) }
    let sealed = try fixture.read { snapshot in
      try Data.fetchOne(snapshot.database, sql: "SELECT leaves FROM event_batches")
    }
    #expect(leaves == sealed.map(Array.init))
  }

  @Test func `leave out what a better record replaced`() throws {
    let fixture = try ReadFixture()
    try fixture.record((1...3).map { #"{"instance_id":"a","tool_name":"t\#($0)","success":true}"# })
    try fixture.store.write(.updateFailed, "test") { database in
      try database.execute(sql: "UPDATE mcp_events SET supersedes = 1 WHERE id = 3")
    }
    #expect(try fixture.column("id", of: .events) == ["2", "3"])
    let all = RecordQuery { $0.includesSuperseded = true }
    #expect(try fixture.column("id", of: .events, all) == ["1", "2", "3"])
  }

  @Test func `leave them out the same way with an index`() throws {
    let fixture = try ReadFixture()
    try fixture.record((1...3).map { #"{"instance_id":"a","tool_name":"t\#($0)","success":true}"# })
    try fixture.store.write(.updateFailed, "test") { database in
      try database.execute(
        sql: """
          CREATE INDEX IF NOT EXISTS mcp_events_supersedes ON mcp_events (supersedes)
            WHERE supersedes IS NOT NULL;
          UPDATE mcp_events SET supersedes = 1 WHERE id = 3
          """
      )
    }
    #expect(try fixture.column("id", of: .events) == ["2", "3"])
  }

  @Test func `name the database that an event comes from`() throws {
    let fixture = try ReadFixture()
    try fixture.record((1...3).map { #"{"instance_id":"a","tool_name":"t\#($0)","success":true}"# })
    try fixture.store.write(.updateFailed, "test") { database in
      try database.execute(
        sql: """
          INSERT INTO origins (id, database_id) VALUES (5, 'feedfeedfeedfeed');
          UPDATE mcp_events SET origin = 5, origin_id = 70 WHERE id = 2;
          UPDATE mcp_events SET origin = 5, origin_id = 71, supersedes = 2 WHERE id = 3;
          """
      )
    }
    let lines = try lines(fixture, RecordQuery { $0.includesSuperseded = true })
    #expect(lines[1].hasPrefix(#"{"kind":"event","id":70,"#))
    #expect(lines[2].hasSuffix(#""supersedes":70,"origin":"feedfeedfeedfeed"}"#))
  }
}
