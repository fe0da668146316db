import MCPStore
import Testing

@Suite struct `Filtering by labels` {
  private static let lines = [
    #"{"kind":"instance","id":"one","metadata":{"labels":{"job":"4711","a\"b":"x"}}}"#,
    #"{"kind":"instance","id":"two","metadata":{"labels":{"job":"4712"}}}"#,
    #"{"kind":"instance","id":"three","metadata":{"labels":"job"}}"#,
    #"{"kind":"instance","id":"four"}"#,
  ]

  @Test(arguments: [
    ("job", "4711", ["one"]), ("job", "47*", ["one", "two"]), ("job", "!4711", ["two"]),
    ("a\"b", "x", ["one"]), ("$", "*", []),
  ])
  func `takes the instances with this value`(key: String, value: String, ids: [String]) throws {
    let fixture = try ReadFixture()
    try fixture.record(Self.lines)
    let query = RecordQuery { $0.instances.labels = [LabelCondition(key: key, value: value)] }
    #expect(try fixture.column("id", of: .instances, query).sorted() == ids)
  }
}
