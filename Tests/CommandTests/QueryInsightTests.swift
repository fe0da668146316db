import Foundation
import Testing

@Suite struct `Looking closer` {
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
