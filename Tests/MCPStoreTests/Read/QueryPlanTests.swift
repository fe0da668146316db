import GRDB
import MCPEvents
import Testing

@testable import MCPStore

@Suite struct `Plans of queries` {
  /// A thousand events of ten instances and ten tools, of which a few failed.
  private func fixture() throws -> ReadFixture {
    let fixture = try ReadFixture()
    try fixture.record(
      (0..<1000).map { number in
        #"{"instance_id":"i\#(number % 10)","tool_name":"t\#(number / 100)","#
          + #""success":\#(number % 50 != 0),"timestamp":\#(1_700_000_000 + number)}"#
      }
    )
    return fixture
  }

  private func plan(_ fixture: ReadFixture, _ query: RecordQuery, _ table: RecordTable) throws
    -> String
  {
    try fixture.read { snapshot in
      let statement = try RowSelect(table: table, query: query, snapshot: snapshot).sql("*")
      let explain = try PreparedStatement(
        statement.enclosed("EXPLAIN QUERY PLAN ", ""),
        in: snapshot
      )
      var lines: [String] = []
      while try explain.step() { lines.append(explain.string(3) ?? "") }
      return lines.joined(separator: "\n")
    }
  }

  @Test(arguments: RecordTable.allCases)
  func `sort nothing in the order of recording`(table: RecordTable) throws {
    let plan = try plan(try fixture(), RecordQuery(), table)
    let lastOnly = plan.replacing("USE TEMP B-TREE FOR RIGHT PART OF ORDER BY", with: "")
    #expect(!lastOnly.contains("TEMP B-TREE"), "\(plan)")
  }

  @Test func `look up what replaces the events of a page, and nothing else`() throws {
    var query = RecordQuery()
    query.limit = 10
    let plan = try plan(try fixture(), query, .events)
    #expect(plan.contains("SEARCH newer USING INDEX mcp_events_uid (event_uid=?)"), "\(plan)")
    #expect(!plan.contains("LIST SUBQUERY"), "\(plan)")
  }

  @Test func `find rare events by their instance`() throws {
    let plan = try plan(try fixture(), RecordQuery { $0.instances.names = ["i3"] }, .events)
    #expect(plan.contains("INDEX mcp_events_instance (instance_id=?)"), "\(plan)")
  }

  @Test func `find rare events by their tool and time`() throws {
    let query = RecordQuery {
      $0.events.tools = ["t3"]
      $0.since = UnixTime(milliseconds: 1_700_000_350_000)
    }
    let plan = try plan(try fixture(), query, .events)
    #expect(plan.contains("mcp_events_tool (tool_name=? AND timestamp>?)"), "\(plan)")
  }

  @Test func `find failures by their own index`() throws {
    let plan = try plan(try fixture(), RecordQuery { $0.events.isFailed = true }, .events)
    #expect(plan.contains("USING INDEX mcp_events_failed"), "\(plan)")
  }

  @Test func `find a stretch of time by its index`() throws {
    let query = RecordQuery { $0.since = UnixTime(milliseconds: 1_700_000_990_000) }
    let plan = try plan(try fixture(), query, .events)
    #expect(plan.contains("mcp_events_timestamp (timestamp>?)"), "\(plan)")
  }

  @Test func `order by time along its index`() throws {
    var query = RecordQuery()
    query.orderColumn = "timestamp"
    let plan = try plan(try fixture(), query, .events)
    #expect(plan.contains("INDEX mcp_events_timestamp"), "\(plan)")
    #expect(!plan.contains("TEMP B-TREE"), "\(plan)")
  }

  @Test func `walk along the ids where most events are meant`() throws {
    let fixture = try fixture()
    let query = RecordQuery { $0.instances.names = ["i*"] }
    let access = try fixture.read { snapshot in
      try EventAccess.best(
        for: FilterSQL(query.filter, in: snapshot),
        quickCount: 100,
        isPage: true,
        in: snapshot
      )
    }
    #expect(access == .table)
  }
}
