import Foundation
import Testing

@Suite struct `Exit statuses of the recorder` {
  /// One or two lines, of which none is a stack trace.
  private func isClear(_ run: IngestRun) -> Bool {
    (1...2).contains(run.complaint.split(separator: "\n").count)
      && run.complaint.hasPrefix("mcp-sidecar: ") && !run.complaint.contains("Fatal error")
  }

  @Test func `0 when all is recorded`() throws {
    let folder = try IngestFolder()
    let run = try folder.record(text: Lines.events(0..<2))
    #expect(run.status == 0 && run.complaint.isEmpty)
  }

  @Test func `64 with a terminal and nothing to read`() throws {
    let folder = try IngestFolder()
    let run = try folder.shell("script -qec 'mcp-sidecar --db \"$DB\"' /dev/null </dev/null")
    #expect(run.status == 64)
    #expect(run.text.contains("USAGE") && run.text.contains("nothing to record"))
    #expect(!FileManager.default.fileExists(atPath: folder.database))
  }

  @Test(arguments: [
    ["--batch-size", "0"], ["--flush-interval", "soon"], ["--no-such-flag"],
    ["--ack-fd", "3", "--durability", "normal"], ["--label", "novalue"], ["--summary", "xml"],
    ["--max-line-bytes", "0"],
  ])
  func `64 for a wrong command line`(words: [String]) throws {
    let folder = try IngestFolder()
    let run = try folder.record(words, text: Lines.events(0..<1))
    #expect(run.status == 64)
    #expect(!FileManager.default.fileExists(atPath: folder.database))
  }

  @Test(arguments: ["--ack-fd 9 9>&-", "--ack-fd 3 3>&-", "--ack-fd 0"])
  func `64 when acknowledgements have nowhere to go, for the database may get their number`(
    words: String
  ) throws {
    let folder = try IngestFolder()
    let run = try folder.shell("echo | mcp-sidecar --db \"$DB\" \(words)")
    #expect(run.status == 64 && run.messages.contains("not open for writing"))
    #expect(!FileManager.default.fileExists(atPath: folder.database))
  }

  @Test func `64 for a word that is a command of the other program, which it names`() throws {
    let folder = try IngestFolder()
    let run = try folder.record(["evnts"])
    #expect(run.status == 64)
    #expect(run.complaint.contains("mcp-query events"))
  }

  @Test func `65 for a file that is no database`() throws {
    let folder = try IngestFolder()
    try folder.write("events.db", String(repeating: "no database at all\n", count: 100))
    let before = FileManager.default.contents(atPath: folder.database)
    let run = try folder.record(text: Lines.events(0..<1))
    #expect(run.status == 65 && isClear(run))
    #expect(FileManager.default.contents(atPath: folder.database) == before)
  }

  @Test func `65 for a database of another program, of which nothing changes`() throws {
    let folder = try IngestFolder()
    _ = try folder.rows("CREATE TABLE theirs (x)")
    let before = FileManager.default.contents(atPath: folder.database)
    let run = try folder.record(text: Lines.events(0..<1))
    #expect(run.status == 65 && isClear(run))
    #expect(FileManager.default.contents(atPath: folder.database) == before)
  }

  @Test func `65 for a damaged compressed file, after everything good was stored`() throws {
    let folder = try IngestFolder()
    try folder.write("all.jsonl", Lines.events(0..<2000))
    _ = try folder.shell(
      "gzip -k \"$IN/all.jsonl\" && head -c -100 \"$IN/all.jsonl.gz\" >\"$IN/cut.gz\""
    )
    let run = try folder.record([folder.path + "/cut.gz"])
    #expect(run.status == 65 && isClear(run), "\(run.messages)")
    #expect(run.complaint.contains("cut.gz") && run.addsUp)
    #expect(try folder.eventCount > 0)
    #expect(try folder.record([folder.path + "/all.jsonl.gz"]).status == 0)
    #expect(try folder.rows("SELECT call_id FROM mcp_events").count == 2000)
  }

  @Test func `65 for a short compressed file that is cut, of which every line is stored`() throws {
    let folder = try IngestFolder()
    try folder.write("a.jsonl", Lines.events(0..<20))
    _ = try folder.shell("gzip \"$IN/a.jsonl\" && truncate -s -3 \"$IN/a.jsonl.gz\"")
    let run = try folder.record([folder.path + "/a.jsonl.gz"])
    #expect(run.status == 65 && isClear(run))
    #expect(try folder.eventCount == 20)
  }

  @Test func `66 when there is no such file`() throws {
    let folder = try IngestFolder()
    let run = try folder.record([folder.path + "/none.jsonl"])
    #expect(run.status == 66 && isClear(run))
    #expect(run.complaint.contains("none.jsonl"))
  }

  @Test func `73 when the database cannot be created`() throws {
    let folder = try IngestFolder()
    let run = try QueryRun(
      "mcp-sidecar",
      ["--db", folder.path + "/none/events.db"],
      input: Data(Lines.events(0..<1).utf8)
    )
    #expect(run.status == 73)
    #expect(run.messages.contains("none"))
  }

  @Test func `73 when the summary cannot be written`() throws {
    let folder = try IngestFolder()
    let run = try folder.record(
      ["--summary-file", folder.path + "/none/summary.json"],
      text: Lines.events(0..<1)
    )
    #expect(run.status == 73)
    #expect(try folder.eventCount == 1)
  }

  @Test(.enabled(if: Sandbox.isThere, "needs root and mount namespaces"))
  func `74 when the disk is full, and nothing is half stored`() throws {
    let folder = try IngestFolder()
    let fill = "x".padding(toLength: 2000, withPad: "x", startingAt: 0)
    let lines = (0..<3000).map { Lines.event($0, #","error_message":"\#(fill)""#) + "\n" }.joined()
    try folder.write("lines.jsonl", lines)
    let run = try folder.shell(
      """
      mkdir "$IN/disk"
      unshare -m bash -c 'mount -t tmpfs -o size=2m tmpfs "$IN/disk" &&
        mcp-sidecar --db "$IN/disk/events.db" --summary none "$IN/lines.jsonl"; status=$?
        cp "$IN/disk/"* "$IN"; exit $status'
      """
    )
    #expect(run.status == 74)
    #expect(run.messages.contains("full"))
    let counts = try folder.rows(
      """
      SELECT (SELECT count(*) FROM mcp_events), (SELECT sum(count) FROM event_batches),
        (SELECT sum(lines_read) FROM ingest_runs), (SELECT sum(covered_lines) FROM file_checkpoints)
      """
    )
    #expect(Set(counts.flatMap { $0.map { $0 ?? "0" } }).count == 1, "\(counts)")
    #expect(try folder.value("PRAGMA integrity_check") == "ok")
    #expect(try folder.record([folder.path + "/lines.jsonl"]).status == 0)
    #expect(try folder.eventCount == 3000)
  }

  @Test func `74 beyond the largest file that is allowed, instead of dying of the signal`() throws {
    let folder = try IngestFolder()
    try folder.write("lines.jsonl", Lines.events(0..<5000))
    let run = try folder.shell(
      "ulimit -f 500; mcp-sidecar --db \"$DB\" --summary none \"$IN/lines.jsonl\""
    )
    #expect(run.status == 74, "\(run.messages)")
    #expect(try folder.record([folder.path + "/lines.jsonl"]).status == 0)
    #expect(try folder.eventCount == 5000)
  }

  @Test func `74 when its input cannot be read, which it names`() throws {
    let folder = try IngestFolder()
    let run = try folder.shell("mcp-sidecar --db \"$DB\" --summary none <\"$IN\"")
    #expect(run.status == 74)
    #expect(run.messages.contains("stdin"))
  }

  @Test func `74 when the database is removed meanwhile; what comes then waits beside it`() throws {
    let folder = try IngestFolder()
    let recorder = try LiveRecorder(folder, ["--ack-fd", "3"])
    try recorder.write(Lines.events(0..<3))
    try recorder.until("the acknowledgement") { recorder.acknowledgements.count == 1 }
    for suffix in ["", "-wal", "-shm"] {
      try FileManager.default.removeItem(atPath: folder.database + suffix)
    }
    try recorder.write(Lines.events(3..<5))
    try recorder.close()
    #expect(recorder.wait() == 74)
    #expect(recorder.acknowledgements.count == 1)
    #expect(try folder.record().status == 0)
    #expect(try folder.value("SELECT group_concat(call_id) FROM mcp_events") == "c3,c4")
  }

  @Test func `75 for a file while the database is locked`() throws {
    let folder = try IngestFolder()
    try folder.record()
    let lock = try folder.lock()
    let file = try folder.write("lines.jsonl", Lines.events(0..<3))
    let run = try folder.record([file])
    #expect(run.status == 75 && isClear(run))
    #expect(run.complaint.contains("locked"))
    lock.end()
    #expect(try folder.record([file]).summary["events"] == 3)
  }

  @Test func `75 for a database of a newer version, of which nothing changes`() throws {
    let folder = try IngestFolder()
    try folder.record(text: Lines.events(0..<1))
    _ = try folder.shell(
      "sqlite3 \"$DB\" \"UPDATE meta SET value = '99' WHERE key = 'min_writer'; PRAGMA user_version = 99\""
    )
    let run = try folder.record(text: Lines.events(1..<2))
    #expect(run.status == 75 && isClear(run), "\(run.messages)")
    #expect(try folder.eventCount == 1)
  }

  @Test(.enabled(if: Sandbox.isThere, "needs root"))
  func `77 for a database of somebody else's`() throws {
    let folder = try IngestFolder()
    try folder.record(text: Lines.events(0..<1))
    let run = try folder.shell(
      """
      chmod 755 "$IN" && chmod 644 "$DB" &&
      echo '{}' | setpriv --reuid=65534 --clear-groups mcp-sidecar --db "$DB" --summary none
      """
    )
    #expect(run.status == 77, "\(run.messages)")
    #expect(try folder.eventCount == 1)
  }

  @Test(.enabled(if: Sandbox.isThere, "needs root"))
  func `77 for a file that may not be read; the others are recorded`() throws {
    let folder = try IngestFolder()
    try folder.write("a.jsonl", Lines.events(0..<1))
    try folder.write("b.jsonl", Lines.events(1..<2))
    try folder.write("c.jsonl", Lines.events(2..<3))
    let run = try folder.shell(
      """
      chmod 777 "$IN" && chmod 644 "$IN"/* && chmod 600 "$IN/b.jsonl" && cd "$IN" &&
      setpriv --reuid=65534 --clear-groups mcp-sidecar --db "$DB" --summary none *.jsonl
      """
    )
    #expect(run.status == 77, "\(run.messages)")
    #expect(run.messages.contains("b.jsonl"))
    #expect(try folder.value("SELECT group_concat(call_id) FROM mcp_events") == "c0,c2")
  }
}
