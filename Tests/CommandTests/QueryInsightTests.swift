import Foundation
import Testing

@Suite struct `Looking closer` {
  @Test func `shows an instance below a parent that is shown, and how it came from that one`()
    throws
  {
    let database = try RecordedDatabase(
      [
        #"{"kind":"instance","id":"p1"}"#, #"{"kind":"instance","id":"p2"}"#,
        #"{"kind":"instance","id":"c1","parent_instance_id":"p1"}"#,
      ]
        + [
          ("p2", "c1", "created_fork"), ("p1", "c2", "spawned_review"),
          ("p2", "c2", "created_fork"),
        ]
        .map { parent, child, type in
          #"{"kind":"relationship","parent_instance":"\#(parent)","child_instance":"\#(child)","#
            + #""relationship_type":"\#(type)"}"#
        }
    )
    let tree = try database.query("tree").lines
    #expect(tree.map { $0.prefix(5) } == ["p1  c", "├─ c1", "└─ c2", "p2  c"])
    #expect(tree[1].hasSuffix("events") && tree[2].hasSuffix("(spawned_review)"))
  }

  @Test func `counts a call that took longer than any clock`() throws {
    let database = try RecordedDatabase([
      #"{"instance_id":"w","tool_name":"a","success":true,"duration_us":9223372036854775807}"#
    ])
    let run = try database.query("stats")
    #expect(run.status == 0 && run.text.contains(#""max_us":9223372036854775807"#), "\(run.text)")
  }

  @Test(arguments: [
    (
      "UPDATE mcp_events SET origin = 7, success = 1, outcome = 'ok', error_message = NULL WHERE id = 2",
      "event 2 was changed"
    ),
    (
      "DELETE FROM event_batches WHERE seq = 2; DELETE FROM mcp_events WHERE id > 5",
      "run 2 has stored batches that are missing"
    ),
  ])
  func `finds what somebody changed behind its back`(change: String, finding: String) throws {
    let database = try RecordedDatabase()
    try database.record([#"{"instance_id":"w","tool_name":"a","success":true}"#])
    let edit = try QueryRun("/usr/bin/env", ["sqlite3", database.path, change])
    try #require(edit.status == 0, "\(edit.messages)")
    let run = try database.query("check")
    #expect(run.status == 65 && run.messages.contains(finding), "\(run.messages)")
  }

  @Test func `gives each column of a statement a name of its own`() throws {
    let run = try RecordedDatabase().query("sql", "SELECT 1 AS a, 2 AS a_2, 3 AS a")
    #expect(run.lines == [#"{"a":1,"a_2":2,"a_3":3}"#])
  }

  @Test func `takes an id that looks like a glob for an id`() throws {
    let database = try RecordedDatabase([
      #"{"instance_id":"wk[1]","tool_name":"a","success":true}"#,
      #"{"instance_id":"wk1","tool_name":"b","success":true}"#,
    ])
    #expect(try database.query("events", "--instance", "wk[1]").text.contains(#""tool_name":"a""#))
  }

  @Test func `shows one event, by number`() throws {
    let run = try RecordedDatabase().query("show", "2")
    let record = try JSONSerialization.jsonObject(with: run.output) as? [String: Any]
    #expect(record?["error_message"] as? String == "exit \"1\", no\nsuch file")
    #expect(try RecordedDatabase().query("show", "77").status == 66)
  }

  @Test func `counts by tool`() throws {
    let run = try RecordedDatabase().query(
      "stats",
      "-o",
      "csv",
      "--columns",
      "tool,events,ok,failed"
    )
    #expect(
      run.text == "tool,events,ok,failed\r\nbash,3,0,2\r\nedit_file,1,1,0\r\nread_file,1,1,0\r\n"
    )
  }

  @Test func `draws who started whom`() throws {
    let database = try RecordedDatabase()
    let tree = """
      work-123-a1  coding  started  2 events
      └─ review-123-a1  review  started  3 events  (spawned_review)

      """
    #expect(try database.query("tree").text == tree)
    #expect(try database.query("tree", "shop").text == tree)
    #expect(try database.query("tree", "review").lines.count == 1)
  }

  @Test func `draws a circle once`() throws {
    let database = try RecordedDatabase([
      #"{"kind":"instance","id":"a","parent_instance_id":"b"}"#,
      #"{"kind":"instance","id":"b","parent_instance_id":"a"}"#,
    ])
    #expect(try database.query("tree").lines.count == 2)
  }

  @Test func `shows who is at work, and what each did last`() throws {
    let database = try RecordedDatabase(
      RecordedDatabase.sample + [
        #"{"kind":"instance","id":"work-123-a1","status":"pr_merged"}"#
      ]
    )
    let run = try database.query("ps", "-o", "csv", "--columns", "id,tool_name,outcome")
    #expect(run.text == "id,tool_name,outcome\r\nreview-123-a1,bash,incomplete\r\n")
  }

  @Test func `answers in SQL`() throws {
    let database = try RecordedDatabase()
    let run = try database.query("sql", "SELECT type, COUNT(*) FROM instances GROUP BY 1")
    #expect(
      run.lines == [#"{"type":"coding","COUNT(*)":1}"#, #"{"type":"review","COUNT(*)":1}"#]
    )
    #expect(try database.query("sql", "DELETE FROM instances").status == 64)
    #expect(try database.query("instances").lines.count == 2)
  }

  @Test func `shows what the columns mean`() throws {
    let run = try RecordedDatabase().query("schema")
    #expect(run.text.contains("CREATE TABLE mcp_events"))
    #expect(run.text.contains("-- microseconds"))
  }

  @Test func `finds a changed event`() throws {
    let database = try RecordedDatabase()
    #expect(try database.query("check").status == 0)
    let change = """
      import sqlite3
      connection = sqlite3.connect(sys.argv[1])
      connection.execute("UPDATE mcp_events SET tool_name = 'nothing' WHERE id = 2")
      connection.commit()
      """
    #expect(try QueryRun(python: change, [database.path]).status == 0)
    let run = try database.query("check")
    #expect(run.status == 65)
    #expect(run.messages.contains("event 2"), "\(run.messages)")
  }

  @Test func `follows what is recorded`() throws {
    let database = try RecordedDatabase()
    let line = #"{"instance_id":"late","tool_name":"later","success":true}"#
    let run = try QueryRun(
      shell: """
        coproc mcp-query tail -f -n 1 --db '\(database.path)' --columns tool_name -o jsonl
        read -r -t 60 first <&"${COPROC[0]}"
        echo '\(line)' | mcp-sidecar --db '\(database.path)' --summary none
        read -r -t 60 second <&"${COPROC[0]}"
        exec {COPROC[0]}<&-
        echo "$first $second"
        """
    )
    #expect(run.text == #"{"tool_name":"bash"} {"tool_name":"later"}"# + "\n", "\(run.messages)")
  }

  @Test func `stops following when nobody reads on`() throws {
    let database = try RecordedDatabase()
    let run = try QueryRun(
      shell: "mcp-query tail -f -n 5 -o jsonl --db '\(database.path)' | head -n 1 | wc -l"
    )
    #expect(run.lines == ["1"])
    #expect(run.status == 0, "\(run.messages)")
  }
}
