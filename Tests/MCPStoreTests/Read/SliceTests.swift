import MCPEvents
import MCPStore
import Testing

@Suite struct `A slice of the database` {
  private static let instances = [
    #"{"kind":"instance","id":"top","created_at":1}"#,
    #"{"kind":"instance","id":"mid","parent_instance_id":"top","created_at":2}"#,
    #"{"kind":"instance","id":"leaf","created_at":3,"issue_number":7}"#,
    #"{"kind":"instance","id":"other","created_at":4}"#,
    #"{"kind":"relationship","parent_instance":"mid","child_instance":"leaf","#
      + #""relationship_type":"spawned_review"}"#,
    #"{"kind":"relationship","parent_instance":"mid","child_instance":"other","#
      + #""relationship_type":"created_fork"}"#,
    #"{"kind":"github_issue","repo_owner":"o","repo_name":"r","number":7}"#,
    #"{"kind":"github_issue","repo_owner":"o","repo_name":"r","number":8}"#,
  ]

  /// Two runs: the first recorded the leaf's event, the second the others.
  private func fixture() throws -> ReadFixture {
    let fixture = try ReadFixture()
    try fixture.record(Self.instances)
    let first = try fixture.beginRun(source: "first")
    try fixture.record(
      [#"{"instance_id":"leaf","tool_name":"edit","success":true,"timestamp":10}"#],
      inRun: first
    )
    let second = try fixture.beginRun(source: "second")
    try fixture.record(
      ["top", "other", "leaf"].map {
        #"{"instance_id":"\#($0)","tool_name":"bash","success":false,"timestamp":20}"#
      },
      inRun: second
    )
    return fixture
  }

  private struct Contents: Equatable {
    var instances: [String] = []
    var relationships = 0
    var issues = 0
    var runs: [String] = []
    var events: [String] = []
  }

  private func contents(_ change: (inout RecordFilter) -> Void) throws -> Contents {
    try fixture().read { snapshot in
      let slice = try StoreSlice(RecordQuery(change).filter, of: snapshot)
      var contents = Contents()
      try slice.forEachInstance { contents.instances.append(try value("id", of: $0)) }
      try slice.forEachRelationship { _ in contents.relationships += 1 }
      try slice.forEachIssue { _ in contents.issues += 1 }
      _ = try slice.forEachRun(seenBy: .here) { contents.runs.append(try value("source", of: $0)) }
      try slice.forEachEvent { contents.events.append(try value("tool_name", of: $0)) }
      return contents
    }
  }

  private func value(_ key: String, of line: Span<UInt8>) throws -> String {
    try #require(try JSONDocument(line).root[key]?.string)
  }

  @Test func `holds everything without a filter`() throws {
    let contents = try contents { _ in }
    #expect(contents.instances == ["top", "mid", "leaf", "other"])
    #expect(contents.relationships == 2)
    #expect(contents.issues == 2)
    #expect(contents.runs == ["first", "second"])
    #expect(contents.events == ["edit", "bash", "bash", "bash"])
  }

  @Test func `holds an instance with all its events and its ancestors`() throws {
    let contents = try contents { $0.instances.names = ["leaf"] }
    #expect(contents.instances == ["top", "mid", "leaf"])
    #expect(contents.relationships == 1)
    #expect(contents.issues == 1)
    #expect(contents.runs == ["first", "second"])
    #expect(contents.events == ["edit", "bash"])
  }

  @Test func `holds events with their instances and runs`() throws {
    let contents = try contents { $0.events.tools = ["edit"] }
    #expect(contents.instances == ["top", "mid", "leaf"])
    #expect(contents.runs == ["first"])
    #expect(contents.events == ["edit"])
  }

  @Test func `asks for the time of events`() throws {
    let contents = try contents { $0.since = UnixTime(milliseconds: 20_000) }
    #expect(contents.instances == ["top", "mid", "leaf", "other"])
    #expect(contents.runs == ["second"])
    #expect(contents.events == ["bash", "bash", "bash"])
  }

  @Test func `holds nothing where nothing is meant`() throws {
    #expect(try contents { $0.events.tools = ["nothing"] } == Contents())
  }
}
