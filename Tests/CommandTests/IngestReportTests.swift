import Foundation
import Testing

@Suite struct `What a recorder tells of itself` {
  // MARK: --log-level

  @Test(arguments: [
    ("error", false, false), ("warning", true, false), ("info", true, false),
    ("debug", true, true),
  ])
  func `tells of a locked database as much as it is asked`(
    level: String,
    tellsOfRetries: Bool,
    tellsOfBatches: Bool
  ) throws {
    let folder = try IngestFolder()
    try folder.record()
    let lock = try folder.lock()
    let recorder = try LiveRecorder(folder, ["--log-level", level, "--ack-fd", "3"])
    try recorder.write(Lines.events(0..<3))
    if tellsOfRetries {
      try recorder.until("telling") { recorder.messages.contains("trying again") }
    }
    lock.end()
    try recorder.until("storing") { !recorder.acknowledgements.isEmpty }
    try recorder.close()
    #expect(recorder.wait() == 0)
    #expect(recorder.messages.contains("warning:") == tellsOfRetries, "\(recorder.messages)")
    #expect(recorder.messages.contains("debug: stdin: stored 3 events") == tellsOfBatches)
  }

  @Test func `tells at level info that the database can be written again`() throws {
    let folder = try IngestFolder()
    try folder.record()
    let lock = try folder.lock()
    let recorder = try LiveRecorder(folder, ["--log-level", "info"])
    try recorder.write(Lines.events(0..<3))
    try recorder.until("telling") { recorder.messages.contains("trying again") }
    lock.end()
    try recorder.close()
    #expect(recorder.wait() == 0)
    #expect(recorder.messages.contains("can be written again"), "\(recorder.messages)")
  }

  @Test func `counts retries and waiting in the summary and in its run`() throws {
    let folder = try IngestFolder()
    try folder.record()
    let lock = try folder.lock()
    let recorder = try LiveRecorder(folder)
    try recorder.write(Lines.events(0..<3))
    try recorder.until("telling") { recorder.messages.contains("trying again") }
    lock.end()
    try recorder.close()
    #expect(recorder.wait() == 0)
    let summary = try #require(recorder.messages.split(separator: "\n").last)
    let numbers = try JSONSerialization.jsonObject(with: Data(summary.utf8)) as? [String: Any]
    let retries = try #require(numbers?["retries"] as? Int)
    #expect(retries > 0)
    #expect(try #require(numbers?["waited_ms"] as? Int) > 0)
    let run = try folder.rows(
      "SELECT retries, waited_us > 0, wal_bytes > 0 FROM ingest_runs ORDER BY id DESC LIMIT 1"
    )
    #expect(run == [["\(retries)", "1", "1"]])
  }

  @Test func `tells where lines are kept, and that they are stored`() throws {
    let folder = try IngestFolder()
    try folder.record()
    let lock = try folder.lock()
    let kept = try folder.record(text: Lines.events(0..<3))
    #expect(kept.status == 75 && kept.complaint.contains("-spill"))
    lock.end()
    let next = try folder.record(["--log-level", "info"])
    #expect(next.complaint.contains("info: storing what waits in"), "\(next.messages)")
    #expect(try folder.eventCount == 3)
  }

  @Test func `keeps a file in the place of waiting lines that it cannot read`() throws {
    let folder = try IngestFolder()
    try folder.record()
    try FileManager.default.createDirectory(
      atPath: folder.database + "-spill",
      withIntermediateDirectories: false
    )
    try folder.write("events.db-spill/1-1-000001.spill", "no header\nL 1 2 3 4 0\n{}\n")
    let run = try folder.record(text: Lines.events(0..<2))
    #expect(run.status == 0 && run.summary["events"] == 2)
    #expect(run.complaint.contains("1-1-000001.spill.unreadable"), "\(run.messages)")
    let kept = folder.database + "-spill/1-1-000001.spill.unreadable"
    #expect(FileManager.default.fileExists(atPath: kept))
    #expect(try folder.record().complaint.isEmpty)
  }

  // MARK: --progress

  @Test func `shows how far it is in a file, on a terminal`() throws {
    let folder = try IngestFolder()
    try folder.record()
    // More than may wait in memory while the database is locked.
    let text = #","metadata":"\#(String(repeating: "x", count: 1000))""#
    try folder.write("lines.jsonl", (0..<20_000).map { Lines.event($0, text) + "\n" }.joined())
    let words = "mcp-sidecar --db $DB --summary none $IN/lines.jsonl"
    let run = try folder.shell(
      """
      sqlite3 "$DB" 'BEGIN IMMEDIATE' ".shell touch $IN/locked && sleep 2" COMMIT &
      until [ -e "$IN/locked" ]; do sleep 0.02; done
      script -qec "\(words)" /dev/null </dev/null
      """
    )
    #expect(run.status == 0)
    #expect(run.text.contains("/lines.jsonl: ") && run.text.contains(" MB/s"), "\(run.text)")
    #expect(run.text.contains(" % of "))
    let silent = try folder.shell("\(words) --again")
    #expect(silent.messages.isEmpty && silent.text.isEmpty)
  }

  @Test func `leaves the terminal to the copy of a pipe`() throws {
    let folder = try IngestFolder()
    try folder.write("lines", Lines.events(0..<100_000))
    let words = "cat $IN/lines | mcp-sidecar --db $DB --summary none --tee"
    let run = try folder.shell("script -qec \"\(words)\" /dev/null </dev/null | tr -d '\\r'")
    #expect(run.status == 0)
    #expect(run.output == FileManager.default.contents(atPath: folder.path + "/lines"))
  }

  // MARK: mcp-query runs

  private func states(_ folder: IngestFolder) throws -> [String] {
    let run = try folder.shell("mcp-query runs --db \"$DB\" -o json | jq -r '.[].state'")
    return run.lines
  }

  @Test func `a run that goes on is shown as running, a killed one as interrupted`() throws {
    let folder = try IngestFolder()
    let recorder = try LiveRecorder(folder, ["--ack-fd", "3"])
    try recorder.write(Lines.events(0..<3))
    try recorder.until("storing") { !recorder.acknowledgements.isEmpty }
    #expect(try states(folder) == ["running"])
    recorder.send(SIGKILL)
    _ = recorder.wait()
    #expect(try states(folder) == ["interrupted"])
    try folder.record(text: Lines.events(3..<4))
    #expect(try states(folder) == ["interrupted", "finished"])
    let kept = try folder.rows(
      "SELECT ending, ended_at = heartbeat_at FROM ingest_runs WHERE id = 1"
    )
    #expect(kept == [["interrupted", "1"]])
  }

  @Test func `a killed run is interrupted though its process id was given out again`() throws {
    let folder = try IngestFolder()
    try folder.record(text: Lines.events(0..<1))
    // Process 1 runs, but is younger than that.
    _ = try folder.shell(
      """
      sqlite3 "$DB" 'UPDATE ingest_runs SET pid = 1, heartbeat_at = 1000, ended_at = NULL,
        ending = NULL'
      """
    )
    #expect(try states(folder) == ["interrupted"])
  }
}
