import Foundation
import Testing

@Suite struct `Options of the recorder` {
  @Test func `stores a rejected line once, though two try it again`() throws {
    let folder = try IngestFolder()
    try folder.record(["--unknown-instance", "reject"], text: Lines.events(0..<2000))
    #expect(try folder.eventCount == 0)
    let retry = "mcp-sidecar rejected retry --db \"$DB\""
    let run = try folder.shell("\(retry) & \(retry) & wait")
    #expect(run.messages.split(separator: "\n").count == 2, "\(run.messages)")
    #expect(try folder.eventCount == 2000)
    #expect(try folder.value("SELECT count(DISTINCT call_id) FROM mcp_events") == "2000")
  }

  @Test func `puts labels on the run and on every instance it touches`() throws {
    let folder = try IngestFolder()
    try folder.record(["--label", "job=7", "--label", "who=a=b"], text: Lines.events(0..<1))
    let labels = #"{"job":"7","who":"a=b"}"#
    #expect(try folder.value("SELECT labels FROM ingest_runs") == labels)
    #expect(try folder.value("SELECT metadata ->> 'labels' FROM instances") == labels)
  }

  @Test func `gives lines that name no instance the one it is told`() throws {
    let folder = try IngestFolder()
    let line = #"{"tool_name":"bash","success":true}"# + "\n"
    try folder.record(["--instance", "mine"], text: line)
    #expect(try folder.value("SELECT instance_id FROM mcp_events") == "mine")
  }

  @Test func `keeps lines of unknown instances aside when it is told to`() throws {
    let folder = try IngestFolder()
    let known = #"{"kind":"instance","id":"work-1"}"# + "\n"
    let stranger = #"{"instance_id":"stranger","tool_name":"bash","success":true}"#
    let run = try folder.record(
      ["--unknown-instance", "reject"],
      text: stranger + "\n" + known + Lines.event(1) + "\n"
    )
    #expect(run.addsUp && run.summary["rejected"] == 1 && run.summary["events"] == 2)
    let kept = try folder.rows("SELECT code, CAST(line AS TEXT), line_number FROM rejected_lines")
    #expect(kept == [["unknown_instance", stranger, "1"]])
    #expect(try folder.value("SELECT group_concat(id) FROM instances") == "work-1")
  }

  @Test func `tries rejected lines again, and deletes them`() throws {
    let folder = try IngestFolder()
    let stranger = #"{"instance_id":"stranger","tool_name":"bash","success":true}"#
    try folder.record(["--unknown-instance", "reject"], text: stranger + "\nnot json\n")
    let retry = try folder.shell("mcp-sidecar rejected retry --db \"$DB\"")
    #expect(retry.status == 0 && retry.messages.contains("1 stored, 1 kept"), "\(retry.messages)")
    #expect(try folder.eventCount == 1)
    let delete = try folder.shell("mcp-sidecar rejected delete --all --db \"$DB\"")
    #expect(delete.status == 0)
    #expect(try folder.value("SELECT count(*) FROM rejected_lines") == "0")
  }

  @Test func `writes its summary as JSON, also into a file`() throws {
    let folder = try IngestFolder()
    let file = folder.path + "/summary.json"
    let run = try folder.record(["--summary-file", file], text: Lines.events(0..<3) + "\nbad\n")
    #expect(run.addsUp && run.summary["lines"] == 5 && run.summary["stored"] == 3)
    let object = try JSONSerialization.jsonObject(
      with: Data(contentsOf: URL(fileURLWithPath: file))
    )
    let numbers = try #require(object as? [String: Any])
    #expect(numbers["rejected"] as? Int == 1 && numbers["database"] as? String == folder.database)
  }

  @Test func `says in words what became of the lines`() throws {
    let folder = try IngestFolder()
    let run = try folder.record(["--summary", "text"], text: Lines.events(0..<2) + "bad\n")
    #expect(
      run.messages.contains("3 lines read: 2 events, 0 duplicates, 0 ignored, 0 blank, 1 rejected")
    )
  }

  @Test func `stores an event with a uid once`() throws {
    let folder = try IngestFolder()
    let line = Lines.event(1, #","event_uid":"mine:1""#) + "\n"
    let run = try folder.record(text: line + line)
    #expect(run.addsUp && run.summary["events"] == 1 && run.summary["duplicates"] == 1)
    #expect(try folder.record(text: line).summary["duplicates"] == 1)
    #expect(try folder.eventCount == 1)
  }

  @Test(arguments: [
    "'); DROP TABLE mcp_events; --", "\" OR 1=1 --", "\u{1B}[2J\u{1B}]0;owned\u{7}", "%s%n%x",
    "\u{202E}gnp.exe", "../../etc/passwd", "?1", "\u{FFFD}\u{10FFFF}",
  ])
  func `stores hostile values as they are`(value: String) throws {
    let folder = try IngestFolder()
    let json = String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
    let members = [
      "instance_id", "tool_name", "error_message", "session_id", "call_id", "event_uid",
    ]
    .map { "\"\($0)\":\(json)" }.joined(separator: ",")
    let run = try folder.record(
      text: "{\(members),\"success\":false,\"metadata\":{\"x\":\(json)}}\n"
    )
    #expect(run.status == 0 && run.summary["events"] == 1, "\(run.messages)")
    let row = try folder.rows(
      """
      SELECT instance_id, tool_name, error_message, session_id, call_id, event_uid,
        metadata ->> 'x' FROM mcp_events
      """
    )
    #expect(row == [Array(repeating: value, count: 7)])
    #expect(run.messages.utf8.allSatisfy { $0 >= 0x20 || $0 == 0x0A })
  }

  @Test(arguments: ["instance_id", "tool_name", "session_id", "call_id", "event_uid"])
  func `keeps a name of a megabyte aside`(field: String) throws {
    let folder = try IngestFolder()
    var members = ["instance_id": "w", "tool_name": "t"]
    members[field] = String(repeating: "n", count: 1 << 20)
    let json = try JSONEncoder().encode(members)
    let line = String(decoding: json, as: UTF8.self).dropLast() + ",\"success\":true}\n"
    let run = try folder.record(text: line + Lines.events(0..<1))
    #expect(run.status == 0 && run.addsUp && run.summary["rejected"] == 1)
    #expect(try folder.value("SELECT code FROM rejected_lines") == "invalid_value")
    #expect(try folder.eventCount == 1)
  }

  @Test func `gives its files to nobody else`() throws {
    let folder = try IngestFolder()
    let recorder = try LiveRecorder(folder, ["--ack-fd", "3"])
    try recorder.write(Lines.events(0..<1))
    try recorder.until("storing") { !recorder.acknowledgements.isEmpty }
    for suffix in ["", "-wal", "-shm"] {
      let attributes = try FileManager.default.attributesOfItem(atPath: folder.database + suffix)
      #expect(attributes[.posixPermissions] as? Int == 0o600, "\(suffix)")
    }
    try recorder.close()
    #expect(recorder.wait() == 0)
  }

  @Test(arguments: [("reject", ["0", "5"]), ("ignore", ["4", "1"])])
  func `keeps noise aside, or counts it`(policy: String, expected: [String]) throws {
    let folder = try IngestFolder()
    let noise = "npm warn old\n[Sandbox] {\"type\":\"x\"}\n\u{1B}[32mgreen\u{1B}[0m\n42\n"
    let damaged = "{\"type\":\"item.completed\",\n"
    let run = try folder.record(["--noise", policy], text: noise + damaged + Lines.events(0..<1))
    #expect(run.status == 0 && run.addsUp && run.summary["events"] == 1, "\(run.messages)")
    #expect(["ignored", "rejected"].map { "\(run.summary[$0] ?? -1)" } == expected)
    let kept = try folder.value("SELECT CAST(line AS TEXT) FROM rejected_lines ORDER BY id DESC")
    #expect(kept == String(damaged.dropLast()), "what may have been a record is always kept")
  }

  @Test func `replaces what the user's own patterns and paths say`() throws {
    let folder = try IngestFolder()
    let line = Lines.event(
      1,
      #","error_message":"no acme_1234567890 here","metadata":{"env":{"A":"b"},"c":"d"}"#
    )
    let run = try folder.record(
      ["--redact", "pattern:acme_[0-9]{10},path:metadata.env.*"],
      text: line + "\n"
    )
    #expect(run.status == 0 && run.summary["redactions"] == 2, "\(run.messages)")
    let row = try folder.rows(
      "SELECT error_message, metadata ->> '$.env.A', metadata ->> 'c' FROM mcp_events"
    )
    #expect(row.first?[0]?.contains("acme_") == false && row.first?[0]?.hasSuffix(" here") == true)
    #expect(row.first?[1] != "b" && row.first?[2] == "d", "\(row)")
  }

  @Test(
    arguments: [
      ("bogus", "write 'secrets', 'none', 'path:KEY.KEY' or 'pattern:TEXT'"),
      ("none,secrets", "'none' stands alone"), ("pattern:(", "needs three fixed characters"),
      ("path:a..b", "has an empty name"),
    ]
  )
  func `says what is wrong with a redaction`(argument: String, message: String) throws {
    let folder = try IngestFolder()
    let run = try folder.record(["--redact", argument], text: "")
    #expect(run.status == 64)
    #expect(run.messages.contains(message), "\(run.messages)")
  }

  @Test func `takes every line for the format that is named, and names all when it is none`() throws
  {
    let folder = try IngestFolder()
    let line = #"{"type":"tool_execution_end","toolCallId":"c","toolName":"read","isError":false}"#
    let other = try folder.record(["--format", "codex.exec"], text: line + "\n")
    #expect(other.summary["ignored"] == 1)
    #expect(try folder.record(["--format", "pi.json"], text: line + "\n").summary["events"] == 1)
    let wrong = try folder.record(["--format", "codex"], text: "")
    #expect(wrong.status == 64 && wrong.messages.contains("codex.exec"), "\(wrong.messages)")
  }
}
