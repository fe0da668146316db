import GRDB
@testable import MCPStore
import MCPTestSupport
import Testing

@Suite struct `Listing instances` {
  /// 30 instances, created a second apart, active in another order.
  private func filled(_ clock: TestClock) async throws -> AgentStore {
    let store = try await AgentStore.inMemory(clock: clock)
    for number in 0..<30 {
      clock.advance(by: .seconds(1))
      try await store.createInstance(
        .sample {
          $0.id = "i\(number)"
          $0.type = [.coding, .review, .planning][number % 3]
          $0.issueNumber = 100 + number % 2
          $0.parentInstanceID = number > 20 ? "i0" : nil
        }
      )
    }
    for number in [7, 3, 11] {
      clock.advance(by: .seconds(1))
      try await store.updateInstanceStatus("i\(number)", to: .waitingReview)
    }
    for number in [5, 2] {
      clock.advance(by: .seconds(1))
      try await store.updateInstanceStatus("i\(number)", to: .terminated)
    }
    return store
  }

  @Test func `filters, orders and pages`() async throws {
    let store = try await filled(TestClock())
    let page = try await store.instances(
      matching: InstanceFilter(
        types: [.coding, .review],
        statuses: [.started, .waitingReview],
        issueNumber: 101,
        parentInstance: "i0",
        orderBy: .lastActivity,
        direction: .descending,
        limit: 2,
        offset: 1
      )
    )
    #expect(page.map(\.id) == ["i25", "i21"])
  }

  @Test func `by date of creation gives the newest`() async throws {
    let store = try await filled(TestClock())
    let newest = try await store.instances(
      matching: InstanceFilter(orderBy: .createdAt, direction: .descending, limit: 10)
    )
    #expect(newest.map(\.id) == (20..<30).reversed().map { "i\($0)" })
  }

  @Test(
    arguments: [
      (InstanceFilter.Order.createdAt, ["i0", "i1", "i2"], ["i29", "i28", "i27"]),
      (.lastActivity, ["i0", "i1", "i4"], ["i2", "i5", "i11"]),
      (.terminatedAt, ["i5", "i2", "i0"], ["i2", "i5", "i29"]),
    ]
  )
  func `orders both ways`(
    order: InstanceFilter.Order,
    rising: [String],
    falling: [String]
  ) async throws {
    let store = try await filled(TestClock())
    var filter = InstanceFilter(orderBy: order, direction: .ascending, limit: 3)
    #expect(try await store.instances(matching: filter).map(\.id) == rising)
    filter.direction = .descending
    #expect(try await store.instances(matching: filter).map(\.id) == falling)
  }

  @Test func `pages through everything once`() async throws {
    let store = try await filled(TestClock())
    var ids: [String] = []
    for offset in stride(from: 0, to: 35, by: 7) {
      let filter = InstanceFilter(orderBy: .lastActivity, limit: 7, offset: offset)
      ids += try await store.instances(matching: filter).map(\.id)
    }
    #expect(ids.count == 30)
    #expect(Set(ids).count == 30)
  }

  @Test(
    arguments: [
      ("limit", InstanceFilter(limit: -1)), ("offset", InstanceFilter(offset: -1)),
      ("type", InstanceFilter(types: ["codin"])), ("status", InstanceFilter(statuses: ["x"])),
      ("issue_number", InstanceFilter(issueNumber: 0)),
    ]
  )
  func `refuses what is not allowed`(field: String, filter: InstanceFilter) async throws {
    let store = try await AgentStore.inMemory()
    await expectFailure(.queryFailed, .invalid, mentioning: "'\(field)'") {
      try await store.instances(matching: filter)
    }
  }

  @Test func `with a limit of zero gives none`() async throws {
    let store = try await filled(TestClock())
    #expect(try await store.instances(matching: InstanceFilter(limit: 0)).isEmpty)
  }
}

@Suite struct `The way to a page of instances` {
  private func plan(_ filter: InstanceFilter, _ way: InstanceSelection.Way) async throws -> String {
    let store = try await AgentStore.inMemory()
    return try store.read("explain") { database in
      let sql = InstanceSelection(filter, database).sql(way)
      let count = sql.count { $0 == "?" }
      let rows = try Row.fetchAll(
        database,
        sql: "EXPLAIN QUERY PLAN " + sql,
        arguments: StatementArguments(Array(repeating: 1, count: count))
      )
      return rows.map { $0["detail"] as String }.joined(separator: "\n")
    }
  }

  @Test(arguments: InstanceFilter.Order.allCases, InstanceFilter.Direction.allCases)
  func `through many matches is the index on the order, and no row is read for nothing`(
    order: InstanceFilter.Order,
    direction: InstanceFilter.Direction
  ) async throws {
    let filter = InstanceFilter(
      types: [.coding],
      statuses: [.started],
      orderBy: order,
      direction: direction,
      limit: 10
    )
    let plan = try await plan(filter, .byOrder)
    #expect(plan.contains("SCAN instances USING COVERING INDEX instances_\(order.rawValue)"))
    // Only the rows of the page itself are sorted.
    #expect(plan.split(separator: "\n").count { $0 == "USE TEMP B-TREE FOR ORDER BY" } == 1)
  }

  @Test func `to few matches is the index on status and type`() async throws {
    let filter = InstanceFilter(types: [.coding], statuses: [.started, .waitingReview], limit: 10)
    #expect(
      try await plan(filter, .byWords).contains("INDEX instances_status (status=? AND type=?)")
    )
    let types = InstanceFilter(types: [.planning], limit: 10)
    #expect(try await plan(types, .byWords).contains("INDEX instances_type (type=?)"))
  }

  @Test func `to an issue or the children of one is the index on it`() async throws {
    let issue = InstanceFilter(types: [.coding], issueNumber: 7)
    #expect(try await plan(issue, .byKey).contains("INDEX instances_issue (issue_number=?)"))
    let parent = InstanceFilter(statuses: [.started], parentInstance: "a")
    #expect(try await plan(parent, .byKey).contains("INDEX instances_parent"))
  }

  @Test func `gives the same page whichever it is`() async throws {
    let clock = TestClock()
    let store = try await AgentStore.inMemory(clock: clock)
    for number in 0..<200 {
      clock.advance(by: .milliseconds(Int64(number % 3)))
      try await store.createInstance(
        .sample {
          $0.type = number % 4 == 0 ? .review : .coding
          $0.status = number % 5 == 0 ? .terminated : .started
        }
      )
    }
    for order in InstanceFilter.Order.allCases {
      for direction in InstanceFilter.Direction.allCases {
        let filter = InstanceFilter(
          types: [.review, .coding],
          statuses: [.started, .terminated],
          orderBy: order,
          direction: direction,
          limit: 40,
          offset: 30
        )
        let pages = try [InstanceSelection.Way.byWords, .byOrder].map { way in
          try store.read("compare") { database in
            let statement = try PreparedStatement(
              InstanceSelection(filter, database).sql(way),
              database
            )
            statement.bind(
              ["review", "coding", "started", "terminated"].map { .text($0) }
                + [.integer(40), .integer(30)]
            )
            return try statement.rows(Instance.init).map(\.id)
          }
        }
        #expect(pages[0] == pages[1])
        #expect(pages[0].count == 40)
      }
    }
  }
}
