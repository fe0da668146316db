import MCPStore
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
