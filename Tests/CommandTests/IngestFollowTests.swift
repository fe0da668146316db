import Foundation
import Testing

/// A folder whose files a recorder follows.
private final class Followed {
  let folder: IngestFolder
  let recorder: LiveRecorder

  init(_ words: [String] = []) throws {
    folder = try IngestFolder()
    try FileManager.default.createDirectory(
      atPath: folder.path + "/logs",
      withIntermediateDirectories: false
    )
    recorder = try LiveRecorder(folder, ["--follow", folder.path + "/logs"] + words)
  }

  /// Writes a file anew, in its place.
  func write(_ name: String, _ numbers: Range<Int>) throws {
    try folder.write("logs/" + name, Lines.events(numbers))
  }

  func append(_ name: String, _ text: String) throws {
    let file = try #require(FileHandle(forWritingAtPath: folder.path + "/logs/" + name))
    try file.seekToEnd()
    try file.write(contentsOf: Data(text.utf8))
    try file.close()
  }

  /// The calls that are stored, in order.
  func calls() throws -> [String] {
    guard FileManager.default.fileExists(atPath: folder.database) else { return [] }
    return try folder.rows("SELECT call_id FROM mcp_events ORDER BY id").map { $0[0] ?? "" }
  }

  func untilStored(_ count: Int) throws {
    try recorder.until("storing \(count)") { (try? calls().count) == count }
  }

  /// Does something between two looks of the recorder.
  func whileNobodyLooks(_ body: () throws -> Void) throws {
    recorder.send(SIGSTOP)
    defer { recorder.send(SIGCONT) }
    try body()
  }

  /// Ends the recorder, and makes sure that it has left nothing out.
  func end() throws {
    recorder.send(SIGTERM)
    #expect(recorder.wait() == 143)
    #expect(try folder.record([folder.path + "/logs"]).summary["lines"] == 0)
  }
}

@Suite struct `Following files` {
  private func names(_ numbers: Range<Int>) -> [String] { numbers.map { "c\($0)" } }

  @Test func `reads a file on that is renamed, and the one that takes its name`() throws {
    let followed = try Followed()
    try followed.write("day.jsonl", 10..<13)
    try followed.untilStored(3)
    try followed.whileNobodyLooks {
      _ = try followed.folder.shell("mv \"$IN/logs/day.jsonl\" \"$IN/logs/day.1.jsonl\"")
      try followed.append("day.1.jsonl", Lines.events(13..<14))
      try followed.write("day.jsonl", 20..<22)
    }
    try followed.untilStored(6)
    #expect(try Set(followed.calls()) == Set(names(10..<14) + names(20..<22)))
    try followed.end()
  }

  @Test func `reads on what its writer adds to a file after it was rotated`() throws {
    let followed = try Followed()
    try followed.write("day.jsonl", 10..<13)
    try followed.untilStored(3)
    let log = try #require(FileHandle(forWritingAtPath: followed.folder.path + "/logs/day.jsonl"))
    try log.seekToEnd()
    _ = try followed.folder.shell("mv \"$IN/logs/day.jsonl\" \"$IN/logs/day.jsonl.1\"")
    try followed.write("day.jsonl", 20..<22)
    try followed.untilStored(5)
    try log.write(contentsOf: Data(Lines.events(13..<15).utf8))
    try followed.untilStored(7)
    #expect(try Set(followed.calls()) == Set(names(10..<15) + names(20..<22)))
    try followed.end()
  }

  @Test(arguments: [23, 22, 24, 90])
  func `reads a file anew that was written anew, however long it is`(end: Int) throws {
    let followed = try Followed()
    try followed.write("day.jsonl", 10..<13)
    try followed.untilStored(3)
    try followed.whileNobodyLooks { try followed.write("day.jsonl", 20..<end) }
    try followed.untilStored(3 + end - 20)
    #expect(try followed.calls() == names(10..<13) + names(20..<end))
    try followed.end()
  }

  @Test func `reads what is new of a file whose end was cut off and replaced`() throws {
    let followed = try Followed()
    let uid = { (number: Int) in #","event_uid":"mine:\#(number)""# }
    let line = { (number: Int) in Lines.event(number, uid(number)) + "\n" }
    try followed.folder.write("logs/day.jsonl", line(10) + line(11) + line(12))
    try followed.untilStored(3)
    try followed.whileNobodyLooks {
      try followed.folder.write("logs/day.jsonl", line(10) + line(21) + line(22))
    }
    try followed.untilStored(5)
    #expect(try Set(followed.calls()) == ["c10", "c11", "c12", "c21", "c22"])
    try followed.end()
  }

  @Test func `reads a file once that is copied and cut, as log rotation does it`() throws {
    let followed = try Followed()
    try followed.write("day.jsonl", 10..<90)
    try followed.untilStored(80)
    _ = try followed.folder.shell(
      "cd \"$IN/logs\" && cp day.jsonl day.1.jsonl && truncate -s 0 day.jsonl"
    )
    try followed.append("day.jsonl", Lines.events(90..<95))
    try followed.untilStored(85)
    #expect(try followed.calls() == names(10..<95))
    try followed.end()
  }

  @Test func `knows a file again that is packed`() throws {
    let followed = try Followed()
    try followed.write("day.jsonl", 10..<90)
    try followed.untilStored(80)
    _ = try followed.folder.shell("gzip \"$IN/logs/day.jsonl\"")
    try followed.write("day.jsonl", 90..<95)
    try followed.untilStored(85)
    #expect(try followed.calls() == names(10..<95))
    try followed.end()
  }

  @Test func `reads a file to its end that is removed, though its last line is cut`() throws {
    let followed = try Followed()
    try followed.write("day.jsonl", 10..<12)
    try followed.untilStored(2)
    try followed.append("day.jsonl", Lines.event(12))
    try FileManager.default.removeItem(atPath: followed.folder.path + "/logs/day.jsonl")
    try followed.untilStored(3)
    try followed.end()
  }

  @Test func `tells once of what it leaves out, however often it looks`() throws {
    let followed = try Followed()
    _ = try followed.folder.shell("ln -s self \"$IN/logs/self\"")
    try followed.write("day.jsonl", 10..<12)
    try followed.untilStored(2)
    try followed.recorder.until("telling") { followed.recorder.messages.contains("left out") }
    try followed.write("next.jsonl", 20..<21)
    try followed.untilStored(3)
    followed.recorder.send(SIGTERM)
    #expect(followed.recorder.wait() == 143)
    let lines = followed.recorder.messages.split(separator: "\n")
    #expect(lines.count { $0.contains("left out") } == 1)
  }

  @Test func `follows more files than a process usually may have open`() throws {
    let folder = try IngestFolder()
    try FileManager.default.createDirectory(
      atPath: folder.path + "/logs",
      withIntermediateDirectories: false
    )
    for number in 0..<100 { try folder.write("logs/\(number).jsonl", Lines.event(number) + "\n") }
    let run = try folder.shell(
      """
      ulimit -Sn 64
      mcp-sidecar --db "$DB" --follow "$IN/logs" --summary none &
      until [[ $(sqlite3 "$DB" 'SELECT count(*) FROM mcp_events' 2>/dev/null) -eq 100 ]] || ((++looks > 3000)); do
        sleep 0.02
      done
      kill -TERM $!; wait $!
      """
    )
    #expect(run.status == 143 && run.messages.isEmpty, "\(run.messages)")
  }
}
