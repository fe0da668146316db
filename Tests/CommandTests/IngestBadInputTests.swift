import Foundation
import Testing

/// A line that is no record, and why.
struct BadLine: CustomTestStringConvertible, Sendable {
  let name: String
  let bytes: [UInt8]
  let code: String
  var options: [String] = []

  var testDescription: String { name }

  init(_ name: String, _ code: String, _ text: String) {
    self.init(name, code, bytes: Array(text.utf8))
  }

  init(_ name: String, _ code: String, bytes: [UInt8], options: [String] = []) {
    (self.name, self.code, self.bytes, self.options) = (name, code, bytes, options)
  }

  /// An event with one more member.
  private static func event(_ member: String) -> String {
    #"{"instance_id":"work-1","tool_name":"bash","success":true,\#(member)}"#
  }

  private static func event(before: String, _ bytes: [UInt8], after: String) -> [UInt8] {
    Array(#"{"instance_id":"work-1","tool_name":"bash","success":true,"error_message":""#.utf8)
      + Array(before.utf8) + bytes + Array(after.utf8) + Array("\"}".utf8)
  }

  static let all: [BadLine] = [
    BadLine("not JSON", "not_json", "Traceback (most recent call last):"),
    BadLine("two values", "not_json", "{} {}"),
    BadLine("a trailing comma", "not_json", event(#""x":[1,]"#)),
    BadLine("a raw control character", "not_json", event("\"x\":\"a\u{1}b\"")),
    BadLine("a number with a leading zero", "not_json", event(#""x":01"#)),
    BadLine("a wrong escape", "not_json", event(#""x":"\q""#)),
    BadLine("a NUL byte", "not_json", bytes: [0, 0, 0]),
    BadLine("a NUL byte in a string", "not_json", bytes: event(before: "a", [0], after: "b")),
    BadLine("a string", "not_an_object", #""text""#),
    BadLine("a number", "not_an_object", "42"),
    BadLine("an array", "not_an_object", "[1,2]"),
    BadLine("an object of no known format", "unknown_format", #"{"hello":"world"}"#),
    BadLine("a stray byte", "invalid_utf8", bytes: event(before: "a", [0xFF], after: "b")),
    BadLine(
      "an overlong sequence",
      "invalid_utf8",
      bytes: event(before: "", [0xC0, 0xAF], after: "")
    ),
    BadLine(
      "a raw surrogate",
      "invalid_utf8",
      bytes: event(before: "", [0xED, 0xA0, 0x80], after: "")
    ),
    BadLine("a lone high surrogate", "lone_surrogate", event(#""x":"\ud83d""#)),
    BadLine("a lone low surrogate", "lone_surrogate", event(#""x":"\ude00!""#)),
    BadLine("no tool", "missing_field", #"{"instance_id":"work-1","success":true}"#),
    BadLine("no instance", "missing_field", #"{"tool_name":"bash","success":true}"#),
    BadLine("no outcome", "missing_field", #"{"instance_id":"work-1","tool_name":"bash"}"#),
    BadLine(
      "a number for an instance",
      "wrong_type",
      #"{"instance_id":7,"tool_name":"b","success":true}"#
    ),
    BadLine(
      "a text for success",
      "wrong_type",
      #"{"instance_id":"w","tool_name":"b","success":"yes"}"#
    ),
    BadLine("a text for a duration", "wrong_type", event(#""duration_us":"1""#)),
    BadLine("an array for extra", "wrong_type", event(#""extra":[]"#)),
    BadLine("a negative duration", "invalid_value", event(#""duration_us":-1"#)),
    BadLine("a duration of 2^63", "invalid_value", event(#""duration_us":9223372036854775808"#)),
    BadLine("a time beyond all years", "invalid_value", event(#""timestamp":1e300"#)),
    BadLine("a day that is none", "invalid_value", event(#""timestamp":"2026-02-30T00:00:00Z""#)),
    BadLine("an unknown outcome", "invalid_value", event(#""tool_kind":"frobnicate""#)),
    BadLine(
      "an empty name",
      "invalid_value",
      #"{"instance_id":"","tool_name":"b","success":true}"#
    ),
    BadLine(
      "U+0000 in an id",
      "invalid_value",
      #"{"instance_id":"a\u0000b","tool_name":"b","success":true}"#
    ),
    BadLine("a contradiction", "contradiction", event(#""outcome":"error""#)),
    BadLine("a key twice", "duplicate_key", event(#""tool_name":"edit""#)),
    BadLine(
      "a nesting bomb",
      "too_deep",
      event(
        "\"x\":" + String(repeating: "[", count: 10_000) + String(repeating: "]", count: 10_000)
      )
    ),
    BadLine(
      "a long line",
      "too_long",
      bytes: Array(event("\"x\":\"" + String(repeating: "x", count: 5000) + "\"").utf8),
      options: ["--max-line-bytes", "5000"]
    ),
  ]
}

@Suite struct `Bad input` {
  @Test(arguments: BadLine.all)
  func `is kept with its place and its reason, and all around it is stored`(bad: BadLine) throws {
    let folder = try IngestFolder()
    let before = Data(Lines.events(0..<2).utf8)
    let input = before + Data(bad.bytes) + Data("\n".utf8) + Data(Lines.events(2..<4).utf8)

    let run = try folder.record(bad.options, input)

    #expect(run.status == 0)
    #expect(run.addsUp)
    #expect(run.summary["lines"] == 5 && run.summary["rejected"] == 1, "\(run.summary)")
    #expect(try folder.eventCount == 4)
    let kept = try folder.rows(
      "SELECT code, line_number, byte_offset, byte_length, line, reason FROM rejected_lines"
    )
    #expect(kept.count == 1)
    #expect(kept.first?[0] == bad.code, "\(kept)")
    #expect(kept.first?[1] == "3")
    #expect(kept.first?[2] == "\(before.count)")
    #expect(kept.first?[3] == "\(bad.bytes.count + 1)")
    #expect(kept.first?[4] == bad.bytes.map { String(format: "%02x", $0) }.joined())
    #expect(kept.first?[5]?.isEmpty == false)
  }

  @Test func `ends a strict run with 65, after all good lines are stored`() throws {
    let folder = try IngestFolder()
    let bad = BadLine.all.filter { $0.options.isEmpty }
    let lines = bad.map { Data($0.bytes) + Data("\n".utf8) }.reduce(Data(), +)
    let run = try folder.record(["--strict"], lines + Data(Lines.events(0..<3).utf8))
    #expect(run.status == 65)
    #expect(run.addsUp && run.summary["rejected"] == bad.count)
    #expect(try folder.eventCount == 3)
    #expect(run.complaint.contains("\(bad.count) lines were rejected"))
  }

  @Test func `may be nothing at all`() throws {
    let folder = try IngestFolder()
    let run = try folder.record([], Data())
    #expect(run.status == 0 && run.summary["lines"] == 0 && run.addsUp)
    #expect(try folder.value("SELECT ending FROM ingest_runs") == "finished")
  }

  @Test func `may be blank lines, which are only counted`() throws {
    let folder = try IngestFolder()
    let run = try folder.record(text: "\n  \n\t\r\n" + Lines.events(0..<1) + "\n")
    #expect(run.status == 0 && run.addsUp)
    #expect(run.summary["blank"] == 4 && run.summary["events"] == 1)
  }

  @Test(arguments: ["", "\n", "\r\n"])
  func `may lack the last line feed, or have other ends of lines`(end: String) throws {
    let folder = try IngestFolder()
    let run = try folder.record(text: Lines.event(1) + "\r\n" + Lines.event(2) + end)
    #expect(run.status == 0 && run.addsUp && run.summary["events"] == 2)
    #expect(try folder.value("SELECT group_concat(call_id) FROM mcp_events") == "c1,c2")
  }

  @Test func `may begin with a byte order mark`() throws {
    let folder = try IngestFolder()
    let run = try folder.record([], Data([0xEF, 0xBB, 0xBF]) + Data(Lines.events(0..<2).utf8))
    #expect(run.status == 0 && run.addsUp && run.summary["events"] == 2)
  }

  @Test func `may end inside a line, which says so`() throws {
    let folder = try IngestFolder()
    let run = try folder.record(text: Lines.events(0..<2) + #"{"instance_id":"wor"#)
    #expect(run.status == 0 && run.addsUp && run.summary["rejected"] == 1)
    #expect(try folder.value("SELECT code FROM rejected_lines") == "truncated")
    #expect(try folder.eventCount == 2)
  }

  @Test func `of 100 MB in one line costs no memory, and its digest is kept`() throws {
    let folder = try IngestFolder()
    let program = """
      import hashlib
      line = b'{"x":"' + b'y' * 100_000_000 + b'"}'
      sys.stdout.buffer.write(sys.argv[1].encode() + line + b"\\n" + sys.argv[1].encode())
      print(hashlib.sha256(line).hexdigest(), file=sys.stderr)
      """
    try folder.write("make.py", "import sys\n" + program)
    try folder.write("event", Lines.event(1))
    let run = try folder.shell(
      """
      python3 "$IN/make.py" "$(cat "$IN/event")
      " 2>"$IN/digest" | (ulimit -v unlimited; mcp-sidecar --db "$DB" --summary json)
      """
    )
    #expect(run.status == 0, "\(run.messages)")
    #expect(try folder.eventCount == 2)
    let digest = try String(contentsOfFile: folder.path + "/digest", encoding: .utf8)
    let kept = try folder.rows("SELECT length(line), digest, code, byte_length FROM rejected_lines")
    #expect(kept.first?[0] == "65536")
    #expect(kept.first?[1] == digest.trimmingCharacters(in: .whitespacesAndNewlines))
    #expect(kept.first?[2] == "too_long")
    #expect(kept.first?[3] == "100000009")
  }

  private static let isSanitized =
    unsafe dlsym(nil, "__asan_init") != nil || dlsym(nil, "__tsan_init") != nil

  /// 64 MiB, and three times what the longest line has above 1 MiB.
  @Test(
    .disabled(if: isSanitized, "a sanitizer takes memory of its own"),
    arguments: ["event", "agent"]
  )
  func `of 12 MB in a line costs three times the line at most`(kind: String) throws {
    let folder = try IngestFolder()
    let program = """
      import os, resource, subprocess
      kind, database = sys.argv[1:]
      filler = "line\\n" * 2_000_000
      def line(number):
          event = {"instance_id": "a", "tool_name": "Read", "success": True,
                   "timestamp": f"2026-11-30T10:00:{number:02}Z", "metadata": filler}
          result = {"type": "tool_result", "tool_use_id": f"toolu_{number}", "content": filler}
          agent = {"type": "user", "session_id": "s", "uuid": f"u{number}",
                   "message": {"role": "user", "content": [result]}}
          text = json.dumps(agent if kind == "agent" else event)
          return text.encode() + b"\\n"
      read, write = os.pipe()
      program = subprocess.Popen(["mcp-sidecar", "--db", database, "--summary", "none"], stdin=read)
      os.close(read)
      with os.fdopen(write, "wb") as pipe:
          for number in range(5): pipe.write(line(number))
      status = program.wait()
      print(json.dumps([status, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss]))
      """
    let run = try QueryRun(python: program, [kind, folder.database])
    #expect(run.status == 0, "\(run.messages)")
    let answer = try JSONDecoder().decode([Int].self, from: run.output)
    try #require(answer.count == 2)
    #expect(answer[0] == 0)
    #expect(answer[1] <= 64 * 1024 + 3 * (12_000_000 / 1024 - 1024), "KiB")
    #expect(try folder.value("SELECT sum(lines_read) FROM ingest_runs") == "5")
  }
}
