import Foundation
import Testing

@Suite struct `Lines that wait in files` {
  /// A folder in whose database nothing could be written while these lines came.
  private func folder(withWaiting numbers: Range<Int>) throws -> (IngestFolder, file: String) {
    let folder = try IngestFolder()
    try folder.record()
    let lock = try folder.lock()
    try #require(try folder.record(text: Lines.events(numbers)).status == 75)
    lock.end()
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.database + "-spill")
    return (folder, folder.database + "-spill/" + (try #require(names.first)))
  }

  private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  @Test func `are stored up to the end that a crash has torn`() throws {
    let (folder, file) = try folder(withWaiting: 0..<10)
    _ = try folder.shell("truncate -s -20 '\(file)'")
    let run = try folder.record()
    #expect(run.status == 0 && run.complaint.isEmpty)
    #expect(try folder.eventCount == 9)
    #expect(!exists(folder.database + "-spill"))
  }

  @Test func `are stored around damage, and the damaged file is kept`() throws {
    let (folder, file) = try folder(withWaiting: 0..<10)
    // A header, then a frame and a line of each event.
    _ = try folder.shell("sed -i '10s/.*/what no recorder wrote/' '\(file)'")
    let run = try folder.record()
    #expect(run.status == 0 && run.complaint.contains("is damaged"), "\(run.messages)")
    #expect(try folder.eventCount == 9)
    #expect(!exists(file) && exists(file + ".unreadable"))
    #expect(try folder.record().complaint.isEmpty)
    #expect(try folder.eventCount == 9)
  }

  @Test func `are stored though other things lie in their folder`() throws {
    let (folder, file) = try folder(withWaiting: 0..<10)
    let strangers = try folder.shell(
      """
      cd "$DB-spill" && mkdir 0.spill && mkfifo 1.spill && ln -s nowhere 2.spill &&
      echo 'not ours' >3.spill && echo 'not ours' >readme.txt
      """
    )
    try #require(strangers.status == 0)
    let run = try folder.record()
    #expect(run.status == 0, "\(run.messages)")
    #expect(try folder.eventCount == 10)
    #expect(!exists(file) && exists(folder.database + "-spill/3.spill.unreadable"))
  }

  @Test func `are recorded as the run that left them was told`() throws {
    let folder = try IngestFolder()
    let line = Lines.event(1, #","timestamp":1"#) + "\n"
    let call =
      #"{"type":"item.completed","item":{"id":"i","type":"command_execution","command":"make","aggregated_output":"private","status":"completed"}}"#
      + "\n"
    try folder.record(["--dedupe", "content"], text: line)
    let lock = try folder.lock()
    let label = "long=" + String(repeating: "x", count: 100_000)
    let options = ["--dedupe", "content", "--capture", "names", "--label", label]
    #expect(try folder.record(options, text: line + call).status == 75)
    lock.end()
    #expect(try folder.record().status == 0)
    let rows = try folder.rows("SELECT metadata FROM mcp_events WHERE call_id IS NOT NULL")
    #expect(rows.count == 2)
    #expect(!rows.joined().contains { $0?.contains("private") == true })
  }

  /// A batch of them is no sign that the writer has nothing to do.
  @Test(.timeLimit(.minutes(5)))
  func `are kept behind lines that hold nothing`() throws {
    let folder = try IngestFolder()
    try folder.record()
    let lock = try folder.lock()
    let blank = String(repeating: "\n", count: 40_000)
    let run = try folder.record(text: blank + Lines.events(0..<10))
    #expect(run.status == 75, "\(run.messages)")
    lock.end()
    #expect(try folder.record().status == 0)
    #expect(try folder.eventCount == 10)
  }

  @Test func `are kept when the database cannot even be opened`() throws {
    let folder = try IngestFolder()
    try folder.record(text: Lines.events(0..<1))
    let lock = try folder.lock(exclusively: true)
    let lines = Lines.events(1..<2000) + "not json\n\n"
    let run = try folder.record(["--tee"], text: lines)
    #expect(run.status == 75, "\(run.messages)")
    #expect(run.summary["spilled"] == 2001 && run.summary["lost"] == 0)
    #expect(run.output == Data(lines.utf8))
    lock.end()
    let next = try folder.record(text: Lines.events(2000..<2002))
    #expect(next.status == 0 && next.addsUp && next.summary["lines"] == 2003)
    let order = try folder.rows("SELECT call_id FROM mcp_events ORDER BY id").map { $0[0] }
    #expect(order == (0..<2002).map { "c\($0)" })
  }

  @Test func `are none with --must-record: a database that cannot be opened ends it`() throws {
    let folder = try IngestFolder()
    try folder.record()
    let lock = try folder.lock(exclusively: true)
    let run = try folder.record(["--must-record"], text: Lines.events(0..<2))
    lock.end()
    #expect(run.status == 75 && run.summary.isEmpty)
    #expect(!exists(folder.database + "-spill"))
  }

  @Test(.enabled(if: Sandbox.isThere, "needs root and mount namespaces"))
  func `are counted as lost on a disk that was full before, and copied all the same`() throws {
    let folder = try IngestFolder()
    try folder.write("lines", Lines.events(0..<5000))
    let run = try folder.shell(
      """
      mkdir "$IN/disk"
      unshare -m bash -c 'mount -t tmpfs -o size=1m tmpfs "$IN/disk"
        head -c 2M /dev/zero >"$IN/disk/ballast" 2>/dev/null
        cat "$IN/lines" |
          mcp-sidecar --db "$IN/disk/events.db" --tee --summary json >"$IN/copy"'
      """
    )
    #expect(run.status == 74, "\(run.messages)")
    #expect(IngestRun(run).summary["lost"] == 5000)
    #expect(
      FileManager.default.contents(atPath: folder.path + "/copy")
        == Data(Lines.events(0..<5000).utf8)
    )
  }
}
