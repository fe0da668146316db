import Foundation
import Testing

@Suite struct `Recording files` {
  /// Codex numbers its items anew in each process, so that their names come from all that stood
  /// before, as it was read.
  @Test(arguments: [
    "", Lines.event(1),
    #"{"type":"item.completed","item":{"id":"i","type":"command_execution","command":"curl -H 'Authorization: Bearer sk-ant-api03-Q7x9ZpLmR2vT8wKcYb4NdF6gHjS1uEoA'","status":"completed"}}"#,
  ])
  func `name an agent's calls alike, read at once or bit by bit`(between: String) throws {
    let folder = try IngestFolder()
    let first = #"{"type":"thread.started","thread_id":"t1"}"# + "\n\(between)\n"
    let last =
      #"{"type":"item.completed","item":{"id":"item_1","type":"command_execution","command":"make","status":"completed"}}"#
      + "\n"
    let file = try folder.write("stream.jsonl", first)
    try folder.record([file])
    try folder.write("stream.jsonl", first + last)
    #expect(try folder.record([file]).summary["events"] == 1)
    let count = try folder.eventCount
    try folder.record([file, "--again"])
    #expect(try folder.eventCount == count + (between == Lines.event(1) ? 1 : 0))
  }

  @Test func `stores a file once, however often it is read`() throws {
    let folder = try IngestFolder()
    let file = try folder.write("lines.jsonl", Lines.events(0..<100) + "not json\n")
    #expect(try folder.record([file]).summary["events"] == 100)
    let again = try folder.record([file])
    #expect(again.status == 0 && again.summary["lines"] == 0)
    #expect(again.summary["unchanged_inputs"] == 1)
    #expect(try folder.eventCount == 100)
    #expect(try folder.value("SELECT count(*) FROM rejected_lines") == "1")
  }

  @Test func `reads it again when it is told to`() throws {
    let folder = try IngestFolder()
    let file = try folder.write("lines.jsonl", Lines.events(0..<10))
    try folder.record([file])
    #expect(try folder.record([file, "--again"]).summary["events"] == 10)
    #expect(try folder.eventCount == 20)
  }

  @Test func `goes on where a file has grown`() throws {
    let folder = try IngestFolder()
    let file = try folder.write("lines.jsonl", Lines.events(0..<3))
    try folder.record([file])
    try folder.write("lines.jsonl", Lines.events(0..<5) + "not json\n")
    let run = try folder.record([file])
    #expect(run.summary["lines"] == 3)
    #expect(try folder.rows("SELECT line_number FROM rejected_lines") == [["6"]])
    #expect(try folder.eventCount == 5)
  }

  @Test(arguments: [1, 2, 17, 40, Lines.event(2).utf8.count - 1, Lines.event(2).utf8.count])
  func `stores a last line that was cut once it is whole`(length: Int) throws {
    let folder = try IngestFolder()
    let whole = Lines.events(0..<3)
    let cut = Data(Data(whole.utf8).prefix(Lines.events(0..<2).utf8.count + length))
    let file = try folder.write("lines.jsonl", cut)
    try folder.record([file])
    #expect(try folder.record([file]).summary["lines"] == 0)
    try folder.write("lines.jsonl", whole + Lines.events(3..<4) + "not json\n")
    let run = try folder.record([file])
    #expect(run.addsUp && run.summary["blank"] == 0)
    #expect(try folder.value("SELECT group_concat(call_id) FROM mcp_events") == "c0,c1,c2,c3")
    #expect(try folder.value("SELECT max(line_number) FROM rejected_lines") == "5")
  }

  @Test func `knows a file under another name, packed or copied`() throws {
    let folder = try IngestFolder()
    try folder.write("day.jsonl", Lines.events(0..<50))
    try folder.record([folder.path])
    let moved = try folder.shell(
      "cd \"$IN\" && mv day.jsonl day.1.jsonl && cp day.1.jsonl b.jsonl && gzip day.1.jsonl"
    )
    #expect(moved.status == 0)
    let run = try folder.record([folder.path])
    #expect(run.status == 0 && run.summary["lines"] == 0, "\(run.messages)")
    #expect(try folder.eventCount == 50)
  }

  @Test func `reads a file anew that was cut short and written on`() throws {
    let folder = try IngestFolder()
    let file = try folder.write("day.jsonl", Lines.events(0..<200))
    try folder.record([file])
    try folder.write("day.jsonl", Lines.events(0..<100) + Lines.events(500..<800))
    try folder.record([file])
    let found = try folder.rows("SELECT DISTINCT call_id FROM mcp_events").map { $0[0] }
    #expect(Set(found).isSuperset(of: (500..<800).map { "c\($0)" }))
  }

  @Test func `reads compressed files, of one member or of many`() throws {
    let folder = try IngestFolder()
    try folder.write("a", Lines.events(0..<10))
    try folder.write("b", Lines.events(10..<20))
    _ = try folder.shell("cd \"$IN\" && (gzip -c a; gzip -c b) >both.jsonl.gz")
    #expect(try folder.record([folder.path + "/both.jsonl.gz"]).summary["events"] == 20)
  }

  @Test func `finds the files below a directory, and leaves others alone`() throws {
    let folder = try IngestFolder()
    try FileManager.default.createDirectory(
      atPath: folder.path + "/logs/deep/er",
      withIntermediateDirectories: true
    )
    try folder.write("logs/a.jsonl", Lines.events(0..<1))
    try folder.write("logs/deep/er/b.jsonl", Lines.events(1..<2))
    try folder.write("logs/deep/c.txt", Lines.events(2..<3))
    _ = try folder.shell("gzip \"$IN/logs/a.jsonl\"")
    let run = try folder.record([folder.path + "/logs"])
    #expect(run.status == 0 && run.summary["events"] == 2)
  }

  @Test func `reads a pipe that has a name`() throws {
    let folder = try IngestFolder()
    try folder.write("lines", Lines.events(0..<500))
    let run = try folder.shell("mcp-sidecar --db \"$DB\" --summary none <(cat \"$IN/lines\")")
    #expect(run.status == 0, "\(run.messages)")
    #expect(try folder.eventCount == 500)
  }

  @Test func `goes on behind a damaged file`() throws {
    let folder = try IngestFolder()
    try folder.write("a.jsonl.gz", Data([0x1F, 0x8B, 0x08, 0xFF, 0xFF]))
    try folder.write("b.jsonl", Lines.events(0..<2))
    let run = try folder.record([folder.path])
    #expect(run.status == 65)
    #expect(run.complaint.contains("a.jsonl.gz"))
    #expect(try folder.eventCount == 2)
  }

  @Test func `stores an archive that is fed back only once`() throws {
    let folder = try IngestFolder()
    try folder.record(
      text: Lines.events(0..<5) + #"{"kind":"relationship","parent_instance":"work-1","#
        + #""child_instance":"work-2","relationship_type":"spawned_review"}"# + "\n"
    )
    let export = try folder.shell("mcp-query export --db \"$DB\" --to \"$IN/archive.jsonl\"")
    try #require(export.status == 0, "\(export.messages)")
    let run = try folder.record([folder.path + "/archive.jsonl"])
    #expect(run.status == 0 && run.addsUp && run.summary["stored"] == 0, "\(run.summary)")
    #expect(run.summary["rejected"] == 0)
    #expect(try folder.eventCount == 5)

    let other = try IngestFolder()
    for _ in 1...2 { try other.record([folder.path + "/archive.jsonl", "--again"]) }
    #expect(try other.eventCount == 5)
    #expect(try other.value("SELECT count(*) FROM relationships") == "1")
  }

  @Test func `lets only one process record a file at a time`() throws {
    let folder = try IngestFolder()
    let file = try folder.write("lines.jsonl", Lines.events(0..<8000))
    let run = try folder.shell(
      """
      for number in 1 2 3; do
        (mcp-sidecar --db "$DB" --batch-size 50 --summary none '\(file)'; echo $?) &
      done; wait
      """
    )
    #expect(run.lines.allSatisfy { $0 == "0" || $0 == "75" } && run.lines.contains("0"))
    try folder.record([file])
    #expect(try folder.eventCount == 8000)
  }

  @Test func `says that it was stopped when a file is left that it has not begun`() throws {
    let folder = try IngestFolder()
    try folder.write("last.jsonl", Lines.events(5..<7))
    _ = try folder.shell("mkfifo \"$IN/first\"")
    let files = [folder.path + "/first", folder.path + "/last.jsonl"]
    let recorder = try LiveRecorder(folder, ["--ack-fd", "3", "--drain", "60s"] + files)
    let pipe = try #require(FileHandle(forWritingAtPath: files[0]))
    try pipe.write(contentsOf: Data(Lines.events(0..<2).utf8))
    try recorder.until("listening") { !recorder.acknowledgements.isEmpty }
    recorder.send(SIGTERM)
    try recorder.until("taking the signal") { try !recorder.isPending(SIGTERM) }
    try pipe.close()
    #expect(recorder.wait() == 143)
    #expect(try folder.eventCount == 2)
    #expect(try folder.record([files[1]]).summary["events"] == 2)
  }

  @Test(arguments: ["session.jsonl", "session.jsonl.gz"])
  func `reads on in an agent's file, for whose sake it looks at its beginning again`(
    name: String
  ) throws {
    let folder = try IngestFolder()
    let call =
      #"{"type":"tool_execution_start","toolCallId":"c","toolName":"read","args":{"path":"f"}}"#
    let end = #"{"type":"tool_execution_end","toolCallId":"c","toolName":"read","isError":false}"#
    let start = #"{"type":"session","version":3,"id":"p","cwd":"/w"}"#
    let write = name.hasSuffix(".gz") ? "gzip -c >> \"$IN/\(name)\"" : "cat >> \"$IN/\(name)\""
    for lines in [[start], [call], [end]] {
      let text = lines.map { "echo '\($0)' | " + write }.joined(separator: "; ")
      try #require(folder.shell(text).status == 0)
      #expect(try folder.record([folder.path + "/" + name]).summary["lines"] == lines.count)
    }
    let query = "SELECT tool_name, outcome, session_id, metadata ->> '$.arguments.path' "
    #expect(
      try folder.rows(query + "FROM mcp_events WHERE call_id = 'c' AND outcome = 'ok'")
        == [["read", "ok", "p", "f"]]
    )
  }
}
