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

  /// Every way from a first version of a call to a better one.
  @Test(
    arguments: EventUID.Phase.allCases.flatMap { first in
      EventUID.Phase.allCases.filter { $0 > first }.map { [first, $0] }
    } + [EventUID.Phase.allCases]
  )
  func `leave out what a better record replaced`(versions: [EventUID.Phase]) throws {
    let fixture = try ReadFixture()
    try fixture.record(versions.map { #"{"instance_id":"a","tool_name":"\#($0)","success":true}"# })
    try fixture.record([#"{"instance_id":"a","tool_name":"t","success":true}"#])
    try fixture.store.write(.updateFailed, "test") { database in
      for (index, version) in versions.enumerated() {
        let uid = EventUID.make(family: "f", scope: "s", call: "c:1", phase: version)
        try database.execute(
          sql: "UPDATE mcp_events SET event_uid = ?, supersedes = NULLIF(?, 0) WHERE id = ?",
          arguments: [uid, index, index + 1]
        )
      }
    }
    let current = [versions.count, versions.count + 1].map(String.init)
    #expect(try fixture.column("id", of: .events) == current)
    var page = RecordQuery()
    page.limit = 10
    #expect(try fixture.column("id", of: .events, page) == current)
    let all = RecordQuery { $0.includesSuperseded = true }
    #expect(try fixture.column("id", of: .events, all).count == versions.count + 1)
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
