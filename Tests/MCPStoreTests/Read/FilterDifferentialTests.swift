import MCPEvents
import MCPStore
import Testing

@Suite struct `A filter in SQL` {
  /// Numbers that are the same each time.
  private struct Dice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
      return mixed ^ mixed >> 31
    }
  }

  private static let tools = ["edit_file", "edit", "Bash", "mcp__db__query", "über", "[x]", "a*b"]
  private static let patterns = [
    "edit*", "edit", "!edit", "*__*", "?ber", "[!e]*", "\\[x\\]", "a\\*b", "!*i*", "Bash", "*", "[",
  ]

  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func `means the same as in memory`(seed: UInt64) throws {
    var dice = Dice(state: seed)
    let fixture = try ReadFixture()
    let model = try fill(fixture, &dice)
    for _ in 0..<12 {
      let filter = randomFilter(&dice)
      let events = try fixture.column("id", of: .events, RecordQuery(filter))
      #expect(events == model.events(filter).map { String($0) }, "\(filter)")
      let instances = try fixture.column("id", of: .instances, RecordQuery(filter))
      #expect(instances.sorted() == model.instances(filter).sorted(), "\(filter)")
    }
  }

  private func fill(_ fixture: ReadFixture, _ dice: inout Dice) throws -> FilterModel {
    var model = FilterModel()
    var lines: [String] = []
    for number in 0..<8 {
      let instance = FilterModel.Instance(
        id: ["work", "plan"][number % 2] + "-\(number)",
        type: ["coding", "review", "acme.fix"].randomElement(using: &dice) ?? "coding",
        status: ["started", "terminated"].randomElement(using: &dice) ?? "started",
        repository: [nil, "acme/shop", "acme/till"].randomElement(using: &dice) ?? nil,
        issue: [nil, 7, 8].randomElement(using: &dice) ?? nil,
        createdAt: Int64.random(in: 0..<20, using: &dice) * 1000
      )
      model.instances.append(instance)
      lines.append(line(instance))
    }
    for id in 1...120 {
      let event = FilterModel.Event(
        id: Int64(id),
        instance: model.instances.randomElement(using: &dice)?.id ?? "",
        tool: Self.tools.randomElement(using: &dice) ?? "",
        kind: [nil, "read", "edit"].randomElement(using: &dice) ?? nil,
        outcome: Outcome.allCases.randomElement(using: &dice)?.rawValue ?? "ok",
        session: [nil, "s1", "s2"].randomElement(using: &dice) ?? nil,
        timestamp: Int64.random(in: 0..<20, using: &dice) * 1000,
        error: [nil, "no edit", "Bash failed"].randomElement(using: &dice) ?? nil
      )
      model.events.append(event)
      lines.append(line(event))
    }
    try fixture.record(lines)
    return model
  }

  private func line(_ instance: FilterModel.Instance) -> String {
    #"{"kind":"instance","id":"\#(instance.id)","type":"\#(instance.type)","#
      + #""status":"\#(instance.status)","created_at":\#(instance.createdAt / 1000)"#
      + (instance.repository.map { #","repo":"\#($0)""# } ?? "")
      + (instance.issue.map { #","issue_number":\#($0)"# } ?? "") + "}"
  }

  private func line(_ event: FilterModel.Event) -> String {
    #"{"instance_id":"\#(event.instance)","tool_name":"\#(event.tool)","#
      + #""outcome":"\#(event.outcome)","timestamp":\#(event.timestamp / 1000)"#
      + (event.kind.map { #","tool_kind":"\#($0)""# } ?? "")
      + (event.session.map { #","session_id":"\#($0)""# } ?? "")
      + (event.error.map { #","error_message":"\#($0)""# } ?? "") + "}"
  }

  private func randomFilter(_ dice: inout Dice) -> RecordFilter {
    var filter = RecordFilter()
    func some(_ values: [String]) -> [String] {
      guard Int.random(in: 0..<4, using: &dice) == 0 else { return [] }
      return (0...Int.random(in: 0..<2, using: &dice)).compactMap { _ in
        values.randomElement(using: &dice)
      }
    }
    filter.instances.names = some(["work-*", "plan-3", "!work-2", "*-[0-4]", "work-0"])
    filter.instances.types = some(["coding", "!coding", "acme.*"])
    filter.instances.statuses = some(["started", "!started", "t*"])
    filter.instances.repositories = some(["acme/*", "!acme/shop", "acme/till"])
    filter.instances.issues = some(["7", "8"]).compactMap { Int64($0) }
    filter.events.tools = some(Self.patterns)
    filter.events.kinds = some(["read", "!read", "e*"])
    filter.events.sessions = some(["s1", "!s1", "s?"])
    filter.events.outcomes = some(["ok", "!ok", "*t*", "error"])
    filter.events.isFailed = Int.random(in: 0..<6, using: &dice) == 0
    filter.events.isSucceeded = Int.random(in: 0..<8, using: &dice) == 0
    filter.events.texts = some(["edit", "Bash", "failed"])
    if Bool.random(using: &dice) {
      filter.since = UnixTime(milliseconds: Int64.random(in: 0..<20, using: &dice) * 1000)
    }
    if Bool.random(using: &dice) {
      filter.until = UnixTime(milliseconds: Int64.random(in: 0..<20, using: &dice) * 1000)
    }
    return filter
  }
}
