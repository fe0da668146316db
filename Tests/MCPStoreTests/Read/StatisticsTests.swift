import MCPStore
import Testing

@Suite struct `Durations` {
  @Test func `have percentiles that are right to one part in a hundred`() {
    var histogram = DurationHistogram()
    for duration in 1...10_000 { histogram.add(Int64(duration) * 1000) }
    for part in [0.5, 0.95, 0.99] {
      let percentile = Double(histogram.percentile(part) ?? 0)
      #expect(abs(percentile / (part * 10_000_000) - 1) < 0.011)
    }
    #expect(histogram.maximum == 10_000_000)
  }

  @Test func `have none where there are none`() {
    #expect(DurationHistogram().percentile(0.5) == nil)
  }

  @Test func `may be nothing`() {
    var histogram = DurationHistogram()
    histogram.add(0)
    #expect(histogram.percentile(0.5) == 0)
  }
}

@Suite struct `Counting events` {
  private static let lines = [
    #"{"instance_id":"a","tool_name":"x","outcome":"ok","duration_us":10,"timestamp":0}"#,
    #"{"instance_id":"a","tool_name":"x","outcome":"denied","timestamp":7200}"#,
    #"{"instance_id":"b","tool_name":"y","outcome":"incomplete","timestamp":86399}"#,
  ]

  private func count(_ grouping: EventGrouping, offset: Int64 = 0) throws -> [String: Int64] {
    let fixture = try ReadFixture()
    try fixture.record(Self.lines)
    let groups = try fixture.read { snapshot in
      try snapshot.statistics(of: RecordFilter(), by: grouping, offset: { _ in offset })
    }
    return Dictionary(uniqueKeysWithValues: groups.map { ($0 ?? "none", $1.events) })
  }

  @Test func `goes by tool`() throws { #expect(try count(.tool) == ["x": 2, "y": 1]) }

  @Test func `counts those that have no name together`() throws {
    #expect(try count(.server) == ["none": 3])
  }

  @Test func `goes by the hours and days of the clock`() throws {
    let hours: [String: Int64] = ["1970-01-01T00": 1, "1970-01-01T02": 1, "1970-01-01T23": 1]
    #expect(try count(.hour) == hours)
    #expect(try count(.day, offset: 3600) == ["1970-01-01": 2, "1970-01-02": 1])
  }

  @Test func `tells success from failure and from neither`() throws {
    let fixture = try ReadFixture()
    try fixture.record(Self.lines)
    let all = try fixture.read { snapshot in
      try snapshot.statistics(of: RecordFilter(), by: .server, offset: { _ in 0 })
    }
    let numbers = try #require(all[nil])
    #expect((numbers.events, numbers.succeeded, numbers.failed) == (3, 1, 1))
  }
}
