import MCPEvents
import MCPStore
import Testing

@Suite struct `Orders and pages` {
  private func fixture() throws -> ReadFixture {
    let fixture = try ReadFixture()
    try fixture.record(
      [30, 10, 20, 10].enumerated().map { index, second in
        #"{"instance_id":"a","tool_name":"t\#(index)","success":true,"timestamp":\#(second)}"#
      }
    )
    return fixture
  }

  @Test func `keep the order of recording`() throws {
    #expect(try fixture().column("id", of: .events) == ["1", "2", "3", "4"])
  }

  @Test func `order by a column, equals in the order of recording`() throws {
    var query = RecordQuery()
    query.orderColumn = "timestamp"
    #expect(try fixture().column("id", of: .events, query) == ["2", "4", "3", "1"])
  }

  @Test func `turn the order round`() throws {
    var query = RecordQuery()
    query.orderColumn = "timestamp"
    query.isDescending = true
    #expect(try fixture().column("id", of: .events, query) == ["1", "3", "4", "2"])
  }

  @Test(arguments: [(2, 0, ["1", "2"]), (2, 3, ["4"]), (9, 9, []), (0, 0, [])])
  func `cut a page out`(limit: Int, offset: Int, ids: [String]) throws {
    var query = RecordQuery()
    query.limit = limit
    query.offset = offset
    #expect(try fixture().column("id", of: .events, query) == ids)
  }

  @Test(arguments: RecordTable.allCases)
  func `know every column they can be ordered by`(table: RecordTable) throws {
    let fixture = try fixture()
    let first = try #require(table.columns.first)
    for name in table.orderColumns {
      var query = RecordQuery()
      query.orderColumn = name
      try fixture.read { try $0.forEachRow(of: table, [first], query) { _ in } }
    }
  }
}
