import Foundation
import Testing

@Suite struct `Recording a pipe` {
  @Test func `shows a single event to readers while the pipe stays open`() throws {
    let folder = try IngestFolder()
    let recorder = try LiveRecorder(folder)
    try recorder.write(Lines.event(1) + "\n")
    try recorder.until("showing the event") {
      FileManager.default.fileExists(atPath: folder.database)
        && (try? folder.value("SELECT call_id FROM mcp_events")) == "c1"
    }
    #expect(recorder.isRunning)
    try recorder.close()
    #expect(recorder.wait() == 0)
  }

  @Test func `acknowledges lines and bytes once they are on disk`() throws {
    let folder = try IngestFolder()
    let recorder = try LiveRecorder(folder, ["--ack-fd", "3"])
    let first = Lines.events(0..<3)
    try recorder.write(first)
    try recorder.until("an acknowledgement") { !recorder.acknowledgements.isEmpty }
    try recorder.write("not json\n\n")
    try recorder.close()
    #expect(recorder.wait() == 0)
    #expect(recorder.acknowledgements.first == #"{"lines":3,"bytes":\#(first.utf8.count)}"#)
    #expect(recorder.acknowledgements.last == #"{"lines":5,"bytes":\#(first.utf8.count + 10)}"#)
  }

  @Test func `may be named by a hyphen`() throws {
    let folder = try IngestFolder()
    let lines = Lines.events(0..<3)
    let run = try folder.record(["--tee", "-"], text: lines)
    #expect(run.status == 0 && run.output == Data(lines.utf8))
    #expect(try folder.eventCount == 3)
  }

  @Test func `acknowledges nothing while the database is locked`() throws {
    let folder = try IngestFolder()
    try folder.record()
    let lock = try folder.lock()
    let recorder = try LiveRecorder(folder, ["--ack-fd", "3"])
    try recorder.write(Lines.events(0..<3))
    try recorder.close()
    #expect(recorder.wait() == 75)
    #expect(recorder.acknowledgements.isEmpty)
    lock.end()
  }

  // MARK: The copy

  @Test func `copies byte for byte with --tee, whatever the lines are`() throws {
    let folder = try IngestFolder()
    let odd: [UInt8] = [0xFF, 0x00, 0x0D, 0x0A, 0x0A, 0xEF, 0xBB, 0xBF]
    let input = Data(Lines.events(0..<500).utf8) + Data(odd) + Data("no line feed".utf8)
    let run = try folder.record(["--tee"], input)
    #expect(run.status == 0 && run.output == input)
  }

  @Test func `copies at once, before a line is complete`() throws {
    let folder = try IngestFolder()
    let recorder = try LiveRecorder(folder, ["--tee"])
    try recorder.write(#"{"instance"#)
    try recorder.until("the copy") { recorder.output == Data(#"{"instance"#.utf8) }
    try recorder.close()
    #expect(recorder.wait() == 0)
  }

  @Test func `copies though the database is locked`() throws {
    let folder = try IngestFolder()
    try folder.record()
    let lock = try folder.lock()
    let recorder = try LiveRecorder(folder, ["--tee"])
    try recorder.write(Lines.events(0..<3))
    try recorder.until("the copy") { recorder.output == Data(Lines.events(0..<3).utf8) }
    try recorder.close()
    lock.end()
    #expect(recorder.wait() == 0)
  }

  @Test func `records what it has read while nobody takes the copy`() throws {
    let folder = try IngestFolder()
    try folder.write("lines", Lines.events(0..<20_000))
    let run = try folder.shell(
      """
      cat "$IN/lines" | mcp-sidecar --db "$DB" --tee --summary none | (
        until [[ $(sqlite3 "$DB" 'SELECT count(*) FROM mcp_events' 2>/dev/null) -gt 0 ]] || ((++looks > 3000)); do
          sleep 0.02
        done
        cmp - "$IN/lines"
      )
      """
    )
    #expect(run.status == 0, "\(run.messages)")
    #expect(try folder.eventCount == 20_000)
  }

  @Test func `can be stopped while nobody takes the copy`() throws {
    let folder = try IngestFolder()
    try folder.write("lines", Lines.events(0..<20_000))
    let run = try folder.shell(
      """
      mkfifo "$IN/copy"; exec 8<>"$IN/copy"
      mcp-sidecar --db "$DB" --tee --drain 50ms --summary none <"$IN/lines" >"$IN/copy" 8<&- &
      until [[ $(sqlite3 "$DB" 'SELECT count(*) FROM mcp_events' 2>/dev/null) -gt 0 ]] || ((++looks > 3000)); do
        sleep 0.02
      done
      kill -TERM $!; wait $!
      """
    )
    #expect(run.status == 143, "\(run.messages)")
  }

  @Test(arguments: ["| head -c 10 >/dev/null", ">&-", ">/dev/full"])
  func `goes on recording when the copy cannot be written`(end: String) throws {
    let folder = try IngestFolder()
    try folder.write("lines", Lines.events(0..<5000))
    let run = try folder.shell(
      "cat \"$IN/lines\" | (mcp-sidecar --db \"$DB\" --tee --summary none; echo $? >\"$IN/status\") \(end)"
    )
    let status = try String(contentsOfFile: folder.path + "/status", encoding: .utf8)
    #expect(status == "0\n", "\(run.messages)")
    #expect(try folder.eventCount == 5000)
  }

  @Test func `goes on recording when standard error is closed`() throws {
    let folder = try IngestFolder()
    try folder.write("lines", Lines.events(0..<50))
    let run = try folder.shell("cat \"$IN/lines\" | mcp-sidecar --db \"$DB\" 2>&- >&-")
    #expect(run.status == 0)
    #expect(try folder.eventCount == 50)
  }

  @Test func `writes nothing to standard output but the copy`() throws {
    let folder = try IngestFolder()
    let run = try folder.record(["--progress", "always"], text: Lines.events(0..<5))
    #expect(run.output.isEmpty)
  }

  // MARK: Signals

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func `reads to the end after a signal`(signal: Int32) throws {
    let folder = try IngestFolder()
    let recorder = try LiveRecorder(folder, ["--ack-fd", "3", "--drain", "60s"])
    try recorder.write(Lines.events(0..<2))
    try recorder.until("listening") { !recorder.acknowledgements.isEmpty }
    recorder.send(signal)
    try recorder.write(Lines.events(2..<4))
    try recorder.close()
    #expect(recorder.wait() == 0)
    #expect(try folder.eventCount == 4)
  }

  @Test(arguments: [(SIGINT, 130), (SIGTERM, 143), (SIGHUP, 129)] as [(Int32, Int32)])
  func `stops after a signal when the pipe does not end in time`(
    signal: Int32,
    status: Int32
  ) throws {
    let folder = try IngestFolder()
    let recorder = try LiveRecorder(folder, ["--ack-fd", "3", "--drain", "50ms"])
    try recorder.write(Lines.events(0..<2))
    try recorder.until("listening") { !recorder.acknowledgements.isEmpty }
    recorder.send(signal)
    #expect(recorder.wait() == status)
    #expect(try folder.eventCount == 2)
    #expect(try folder.value("SELECT ending FROM ingest_runs") == "stopped")
    #expect(recorder.messages.contains("\"lines\":2"))
  }

  @Test func `stops at once after two signals`() throws {
    let folder = try IngestFolder()
    let recorder = try LiveRecorder(folder, ["--ack-fd", "3", "--drain", "1h"])
    try recorder.write(Lines.events(0..<2))
    try recorder.until("listening") { !recorder.acknowledgements.isEmpty }
    recorder.send(SIGTERM)
    usleep(200_000)
    #expect(recorder.isRunning)
    recorder.send(SIGINT)
    #expect(recorder.wait() == 130)
    #expect(try folder.eventCount == 2)
  }
}

@Suite struct `A database that cannot be written` {
  @Test func `leaves lines in files, which the next writer stores in order`() throws {
    let folder = try IngestFolder()
    try folder.record()
    let lock = try folder.lock()
    let lines = Lines.events(0..<2000) + "not json\n\n" + #"{"kind":"summary"}"# + "\n"
    let run = try folder.record(["--label", "job=7"], text: lines)
    #expect(run.status == 75)
    #expect(run.summary["spilled"] == 2003 && run.summary["lost"] == 0)
    #expect(run.complaint.contains("-spill"))
    lock.end()

    let next = try folder.record(["--label", "job=8"], text: Lines.events(2000..<2010))

    #expect(next.status == 0 && next.addsUp)
    let order = try folder.rows("SELECT call_id FROM mcp_events ORDER BY id").map { $0[0] }
    #expect(order == (0..<2010).map { "c\($0)" })
    #expect(!FileManager.default.fileExists(atPath: folder.database + "-spill"))
    let sums = try folder.rows("SELECT sum(lines_read), sum(blank), sum(ignored) FROM ingest_runs")
    #expect(sums == [["2013", "1", "1"]])
    let rejected = try folder.rows("SELECT line_number, CAST(line AS TEXT) FROM rejected_lines")
    #expect(rejected == [["2001", "not json"]])
    let labels = try folder.rows(
      "SELECT labels FROM ingest_runs WHERE lines_read = 2003"
    )
    #expect(labels == [[#"{"job":"7"}"#]])
  }

  @Test func `ends the producer with --must-record`() throws {
    let folder = try IngestFolder()
    try folder.record()
    let lock = try folder.lock()
    let run = try folder.shell(
      """
      set +o pipefail
      (yes 'not json'; echo $? >"$IN/producer") | mcp-sidecar --db "$DB" --must-record --summary none
      """
    )
    lock.end()
    #expect(run.status == 75)
    let producer = try String(contentsOfFile: folder.path + "/producer", encoding: .utf8)
    #expect(producer == "141\n" || producer == "1\n")
    #expect(!FileManager.default.fileExists(atPath: folder.database + "-spill"))
  }

  @Test func `of which the files cannot be written either: the loss is counted`() throws {
    let folder = try IngestFolder()
    try folder.record()
    try folder.write("events.db-spill", "a file where the directory should be")
    let lock = try folder.lock()
    let run = try folder.record(text: Lines.events(0..<10))
    lock.end()
    #expect(run.status == 74, "\(run.messages)")
    #expect(run.summary["lost"] == 10 && run.summary["spilled"] == 0)
    #expect(run.complaint.contains("lost"))
  }
}
