import Foundation
import Testing

@Suite struct `Asking on the command line` {
  @Test(arguments: [
    (["events"], 5), (["events", "--failed"], 2), (["events", "--succeeded"], 2),
    (["events", "--instance", "shop"], 2), (["events", "--instance", "work"], 2),
    (["events", "--tool", "*_file", "--type", "review"], 1),
    (["events", "--tool", "bash", "--tool", "edit_file"], 4),
    (["events", "--tool", "!bash"], 2), (["events", "--outcome", "incomplete"], 1),
    (["events", "--parent", "work-123-a1"], 3), (["events", "--grep", "such file"], 1),
    (["events", "--since", "2026-11-21"], 3), (["events", "--until", "2026-11-20"], 2),
    (["events", "--since", "2026-11-20T10:00:00Z", "--until", "2026-11-21T09:00:00.123Z"], 1),
    (["events", "--limit", "2"], 2), (["events", "--limit", "9", "--offset", "4"], 1),
    (["instances"], 2), (["instances", "--status", "started"], 2),
    (["instances", "--failed", "--type", "coding"], 1),
    (["instances", "--since", "2026-11-21"], 1),
    (["relationships"], 1), (["relationships", "--instance", "review-123-a1"], 1),
    (["issues"], 1), (["issues", "--issue", "7"], 0), (["issues", "--repo", "acme/*"], 1),
    (["runs"], 1), (["runs", "--tool", "edit_file"], 1), (["runs", "--tool", "none"], 0),
    (["rejected"], 1), (["rejected", "list", "--run", "2"], 0),
  ])
  func `shows the records that are meant`(arguments: [String], count: Int) throws {
    let database = try RecordedDatabase()
    let run = try QueryRun("mcp-query", arguments + ["--db", database.path])
    #expect(run.status == 0, "\(run.messages)")
    #expect(run.lines.count == count, "\(run.text)")
  }

  @Test func `orders by a column`() throws {
    let run = try RecordedDatabase().query(
      "events",
      "--order-by",
      "timestamp",
      "--desc",
      "--limit",
      "2",
      "--columns",
      "id",
      "-o",
      "csv"
    )
    #expect(run.text == "id\r\n5\r\n4\r\n")
  }

  @Test func `shows exactly what an archive holds`() throws {
    let database = try RecordedDatabase()
    let events = try database.query("events", "--failed", "-o", "jsonl").lines
    let export = try database.query("export", "--failed")
    let program = "print(gzip.decompress(open(sys.argv[1], 'rb').read()).decode(), end='')"
    let file = database.folder + "/a.gz"
    try export.output.write(to: URL(fileURLWithPath: file))
    let archive = try QueryRun(python: program, [file]).lines
    #expect(archive.filter { $0.hasPrefix(#"{"kind":"event""#) } == events)
  }

  @Test func `writes JSON that others read`() throws {
    let database = try RecordedDatabase()
    let run = try database.query("events", "-o", "json")
    let records = try #require(
      try JSONSerialization.jsonObject(with: run.output) as? [[String: Any]]
    )
    #expect(records.count == 5)
    #expect(records[0]["success"] as? Bool == true)
    #expect((records[0]["metadata"] as? [String: Any])?["lines"] as? Int == 50)
    #expect(records[0]["timestamp"] as? String == "2026-11-20T09:00:00.000Z")
  }

  @Test func `writes CSV that others read`() throws {
    let database = try RecordedDatabase()
    let run = try database.query("events", "-o", "csv", "--columns", "id,error_message,metadata")
    let file = database.folder + "/events.csv"
    try run.output.write(to: URL(fileURLWithPath: file))
    let read = try QueryRun(
      python: "print(json.dumps(list(csv.reader(open(sys.argv[1], newline='')))[:3]))",
      [file]
    )
    let rows = try JSONSerialization.jsonObject(with: read.output) as? [[String]]
    #expect(
      rows == [
        ["id", "error_message", "metadata"], ["1", "", #"{"file":"src/main.ts","lines":50}"#],
        ["2", "exit \"1\", no\nsuch file", ""],
      ]
    )
  }

  @Test func `lines a table up`() throws {
    let run = try RecordedDatabase().query(
      "events",
      "-o",
      "table",
      "--columns",
      "tool_name,timestamp,duration_us,error_message",
      "--limit",
      "2",
      "--utc"
    )
    #expect(
      run.text == """
        tool_name  timestamp                duration_us  error_message
        edit_file  2026-11-20 09:00:00.000
        bash       2026-11-20 10:00:00.000  1.5 ms       exit "1", no\\nsuch file

        """
    )
  }

  @Test func `takes days and shows times of the local zone`() throws {
    let database = try RecordedDatabase()
    let zone = ["TZ": "Pacific/Auckland"]  // 13 hours ahead of UTC
    let arguments = ["events", "--since", "2026-11-22", "-o", "table", "--columns", "timestamp"]
    let local = try QueryRun("mcp-query", arguments + ["--db", database.path], environment: zone)
    #expect(local.lines.dropFirst() == ["2026-11-22 22:00:00.000", "2026-11-22 23:00:00.000"])
    let utc = try database.query("events", "--since", "2026-11-23", "--utc", environment: zone)
    #expect(utc.lines.isEmpty)
  }

  @Test func `writes a table for Markdown`() throws {
    let run = try RecordedDatabase().query("issues", "-o", "markdown", "--columns", "number,title")
    #expect(run.text == "| number | title |\n| --- | --- |\n| 123 | A, \"b\" |\n")
  }

  @Test func `ends with 1 on demand if anything matched`() throws {
    let database = try RecordedDatabase()
    #expect(try database.query("events", "--failed", "--fail-if-any").status == 1)
    #expect(try database.query("events", "--tool", "x", "--fail-if-any").status == 0)
  }

  @Test func `gives a rejected line back byte for byte`() throws {
    let run = try RecordedDatabase().query("rejected", "show", "1")
    #expect(run.text == RecordedDatabase.sample.last.map { $0 + "\n" })
  }

  @Test func `ends quietly when nobody reads on`() throws {
    let database = try RecordedDatabase(
      (0..<5000).map { #"{"instance_id":"a","tool_name":"t\#($0)","success":true}"# }
    )
    let run = try QueryRun(shell: "mcp-query events --db '\(database.path)' | head -n 1")
    #expect(run.status == 0, "\(run.messages)")
    #expect(run.messages.isEmpty)
    #expect(run.lines.count == 1)
  }
}
