import MCPEvents
import MCPStore
import Testing

@Suite struct `Filtering records` {
  /// A family: a coder that started a reviewer, whose helper is only related to it.
  private static let family = [
    #"{"kind":"instance","id":"work-123-a1","type":"coding","name":"shop","repo":"acme/shop"}"#,
    #"{"kind":"instance","id":"work-124-a1","type":"coding","tmux_session":"till"}"#,
    #"{"kind":"instance","id":"rev-1","type":"review","parent_instance_id":"work-123-a1"}"#,
    #"{"kind":"instance","id":"help-1","worktree_path":"/home/dev/trees/fix-7/","issue_number":7}"#,
    #"{"kind":"relationship","parent_instance":"rev-1","child_instance":"help-1","#
      + #""relationship_type":"spawned_subagent"}"#,
    #"{"instance_id":"work-123-a1","tool_name":"edit_file","success":true,"timestamp":1000}"#,
    #"{"instance_id":"rev-1","tool_name":"bash","outcome":"timeout","timestamp":2000}"#,
    #"{"instance_id":"help-1","tool_name":"bash","success":false,"error_message":"no\u0000pe","#
      + #""timestamp":3000}"#,
    #"{"instance_id":"help-1","tool_name":"read","outcome":"incomplete","timestamp":4000}"#,
  ]

  private func fixture() throws -> ReadFixture {
    let fixture = try ReadFixture()
    try fixture.record(Self.family)
    return fixture
  }

  @Test(arguments: [
    (["work-123-a1"], ["work-123-a1"]),  // the id
    (["work-124"], ["work-124-a1"]),  // the only one that begins so
    (["shop"], ["work-123-a1"]),  // its name
    (["till"], ["work-124-a1"]),  // its tmux session
    (["fix-7"], ["help-1"]),  // the last part of its worktree
    (["work-*"], ["work-123-a1", "work-124-a1"]),
    (["sh?p", "rev-1"], ["rev-1", "work-123-a1"]),
    (["!work-*"], ["help-1", "rev-1"]),
    (["work-*", "!*-124-*"], ["work-123-a1"]),
    (["[hr]e*"], ["help-1", "rev-1"]),
    (["rev"], []),  // too short for a prefix
    (["nobody"], []),
  ])
  func `finds instances by what people call them`(names: [String], ids: [String]) throws {
    let query = RecordQuery { $0.instances.names = names }
    #expect(try fixture().column("id", of: .instances, query).sorted() == ids)
  }

  @Test func `refuses a prefix that several instances have`() throws {
    let query = RecordQuery { $0.instances.names = ["work-12"] }
    let error = #expect(throws: FilterError.self) {
      try fixture().column("id", of: .instances, query)
    }
    #expect(error?.description.contains("work-123-a1, work-124-a1") == true)
  }

  @Test func `finds children by either way of saying so`() throws {
    let fixture = try fixture()
    func children(_ parent: String, isDeep: Bool) throws -> [String] {
      try fixture.column(
        "id",
        of: .instances,
        RecordQuery {
          $0.instances.parents = [parent]
          $0.instances.includesDescendants = isDeep
        }
      ).sorted()
    }
    #expect(try children("work-123-a1", isDeep: false) == ["rev-1"])
    #expect(try children("rev-1", isDeep: false) == ["help-1"])
    #expect(try children("work-123-a1", isDeep: true) == ["help-1", "rev-1"])
  }

  @Test func `takes events of an instance and all below it`() throws {
    let query = RecordQuery {
      $0.instances.names = ["work-123-a1"]
      $0.instances.includesDescendants = true
    }
    #expect(try fixture().column("id", of: .events, query) == ["1", "2", "3", "4"])
  }

  @Test func `takes error, denied and timeout for failures`() throws {
    let query = RecordQuery { $0.events.isFailed = true }
    #expect(try fixture().column("id", of: .events, query) == ["2", "3"])
  }

  @Test func `means instances that have such an event`() throws {
    let query = RecordQuery { $0.events.isFailed = true }
    #expect(try fixture().column("id", of: .instances, query).sorted() == ["help-1", "rev-1"])
  }

  @Test func `asks one event for all its properties`() throws {
    let query = RecordQuery {
      $0.events.tools = ["read"]
      $0.events.isFailed = true
    }
    #expect(try fixture().column("id", of: .instances, query).isEmpty)
  }

  @Test func `takes a relationship if either end is meant`() throws {
    let fixture = try fixture()
    for name in ["rev-1", "help-1"] {
      let query = RecordQuery { $0.instances.names = [name] }
      #expect(try fixture.column("child_instance", of: .relationships, query) == ["help-1"])
    }
    let query = RecordQuery { $0.instances.names = ["work-124-a1"] }
    #expect(try fixture.column("child_instance", of: .relationships, query).isEmpty)
  }

  @Test func `looks for text behind a U+0000`() throws {
    let query = RecordQuery { $0.events.texts = ["\0pe"] }
    #expect(try fixture().column("id", of: .events, query) == ["3"])
  }

  @Test func `takes the start into an interval, and not its end`() throws {
    let query = RecordQuery {
      $0.since = UnixTime(milliseconds: 2_000_000)
      $0.until = UnixTime(milliseconds: 4_000_000)
    }
    #expect(try fixture().column("id", of: .events, query) == ["2", "3"])
  }

  @Test(arguments: ["'); DROP TABLE instances; --", "a' OR '1'='1", "*'*", "\\"])
  func `takes every value for nothing but a value`(value: String) throws {
    let fixture = try fixture()
    let query = RecordQuery {
      $0.instances.names = [value]
      $0.instances.types = [value]
      $0.instances.labels = [LabelCondition(key: value, value: value)]
      $0.events.tools = [value]
      $0.events.texts = [value]
    }
    #expect(try fixture.column("id", of: .events, query).isEmpty)
    #expect(try fixture.column("id", of: .instances).count == 4)
  }
}
