import Foundation
import Testing

@Suite struct `A hook` {
  private static let call = payload("PreToolUse")
  private static let result = payload("PostToolUse")

  /// What Claude Code gives its hooks of a call.
  private static func payload(
    _ event: String,
    id: String = "call_1",
    command: String = "ls"
  ) -> String {
    """
    {"hook_event_name":"\(event)","session_id":"s1","cwd":"/w","tool_name":"Bash",\
    "tool_input":{"command":"\(command)"},"tool_use_id":"\(id)"}
    """
  }

  /// A recording whose database is there, as `setup` leaves it.
  private func prepared() throws -> Recording {
    let recording = Recording()
    try #require(recording.shell("mcp-sidecar --summary none </dev/null").status == 0)
    return recording
  }

  /// Gives payloads to a process each, one after the other.
  private func hook(
    _ recording: Recording,
    _ payloads: [String],
    _ words: String = ""
  ) throws {
    for payload in payloads {
      let run = try recording.shell(
        "printf %s \"$PAYLOAD\" | mcp-sidecar hook \(words)",
        environment: ["PAYLOAD": payload]
      )
      #expect(run.status == 0)
      #expect(run.text.isEmpty && run.messages.isEmpty, "\(run.messages)")
    }
  }

  @Test func `pairs the start and the end of a call, which two processes see`() throws {
    let recording = try prepared()
    try hook(recording, [Self.call])
    #expect(try recording.rows("SELECT call_id FROM open_calls") == ["call_1"])
    try hook(recording, [Self.result, Self.result])
    #expect(
      try recording.rows("SELECT call_id, outcome, duration_us > 0, source_format FROM mcp_events")
        == ["call_1|ok|1|claude.hooks"]
    )
    #expect(try recording.rows("SELECT count(*) FROM open_calls") == ["0"])
  }

  @Test func `records the session as an instance of this machine`() throws {
    let recording = try prepared()
    let payloads = ["SessionStart", "SessionEnd"].map { event in
      #"{"hook_event_name":"\#(event)","session_id":"s1","cwd":"/w","model":"opus"}"#
    }
    try hook(recording, payloads)
    let rows = try recording.rows(
      """
      SELECT agent, model, worktree_path, status, host IS NOT NULL, os_user IS NOT NULL
      FROM instances
      """
    )
    #expect(rows == ["claude|opus|/w|terminated|1|1"])
  }

  @Test func `belongs to the instance that is named`() throws {
    let recording = try prepared()
    try hook(recording, [Self.result], "--instance mine")
    #expect(try recording.rows("SELECT instance_id, session_id FROM mcp_events") == ["mine|s1"])
  }

  @Test func `is one of many at once`() throws {
    let recording = try prepared()
    let run = try recording.shell(
      """
      for n in $(seq 20); do
        (printf %s "$PAYLOAD" | sed "s/call_1/call_$n/" | mcp-sidecar hook) &
      done
      wait
      mcp-sidecar --summary none </dev/null
      """,
      environment: ["PAYLOAD": Self.result]
    )
    #expect(run.status == 0 && run.text.isEmpty && run.messages.isEmpty, "\(run.messages)")
    #expect(
      try recording.rows("SELECT count(DISTINCT call_id), count(*) FROM mcp_events") == ["20|20"]
    )
  }

  @Test(arguments: ["", "  \n", "{", "no JSON", "\u{1}\u{2}", "[]", "{}", "null"])
  func `is silent whatever it reads`(payload: String) throws {
    let recording = try prepared()
    try hook(recording, [payload])
    #expect(try recording.rows("SELECT count(*) FROM mcp_events") == ["0"])
    let kept = payload.contains { !$0.isWhitespace } ? "1" : "0"
    #expect(try recording.rows("SELECT count(*) FROM rejected_lines") == [kept])
  }

  @Test(arguments: ["--no-such-option", "surplus words", "--db", "--help", "--version"])
  func `is silent whatever its command line is`(words: String) throws {
    let recording = try prepared()
    try hook(recording, [Self.result], words)
    #expect(try recording.rows("SELECT count(*) FROM mcp_events") == ["1"], "in the usual database")
  }

  @Test func `leaves its payload in a file while the database is locked`() throws {
    let recording = try prepared()
    let lock = try DatabaseLock(recording.database)
    try hook(recording, [Self.call])
    #expect(try recording.rows("SELECT count(*) FROM open_calls") == ["0"])
    lock.end()
    let log = try String(contentsOfFile: recording.database + "-hook.log", encoding: .utf8)
    #expect(log.contains("lock"), "\(log)")
    let next = try recording.shell("mcp-sidecar --summary none </dev/null")
    #expect(next.status == 0, "\(next.messages)")
    #expect(
      try recording.rows("SELECT call_id FROM open_calls UNION SELECT call_id FROM mcp_events")
        == ["call_1"]
    )
  }

  @Test func `stores what others had to leave, as there may be nothing but hooks`() throws {
    let recording = try prepared()
    let lock = try DatabaseLock(recording.database)
    try hook(
      recording,
      [Self.result, Self.payload("PreToolUse", id: "c2")]
    )
    lock.end()
    try hook(recording, [Self.payload("PostToolUse", id: "c3")])
    #expect(
      try recording.rows("SELECT call_id FROM mcp_events UNION ALL SELECT call_id FROM open_calls")
        .sorted() == ["c2", "c3", "call_1"]
    )
    #expect(!FileManager.default.fileExists(atPath: recording.database + "-spill"))
  }

  @Test func `makes no database, and keeps its payload for the one that will be`() throws {
    let recording = Recording()
    try hook(recording, [Self.result])
    #expect(!FileManager.default.fileExists(atPath: recording.database))
    #expect(try recording.shell("mcp-sidecar --summary none </dev/null").status == 0)
    #expect(try recording.rows("SELECT call_id FROM mcp_events") == ["call_1"])
  }

  @Test func `never migrates`() throws {
    let recording = Recording()
    let fixture =
      URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().path + "/MCPStoreTests/Fixtures/version-1.db"
    try FileManager.default.copyItem(atPath: fixture, toPath: recording.database)
    let before = try recording.rows("PRAGMA user_version")
    try hook(recording, [Self.result])
    #expect(try recording.rows("PRAGMA user_version") == before)
    #expect(try recording.shell("mcp-sidecar --summary none </dev/null").status == 0)
    #expect(
      try recording.rows("SELECT call_id FROM mcp_events WHERE source_format = 'claude.hooks'")
        == ["call_1"]
    )
  }

  @Test func `is silent where it may write nothing`() throws {
    let recording = Recording()
    try hook(recording, [Self.result], "--db /proc/none/events.db")
    try hook(recording, [Self.result], "--db /dev/null/events.db")
    #expect(try recording.shell("mkdir $D/folder").status == 0)
    try hook(recording, [Self.result], "--db $D/folder")
    #expect(!FileManager.default.fileExists(atPath: recording.database))
  }

  @Test func `keeps the beginning and the digest of a payload that is too large`() throws {
    let recording = try prepared()
    let run = try recording.shell(
      """
      { printf '{"hook_event_name":"PostToolUse","session_id":"s1","x":"'
        head -c 100000000 /dev/zero | tr '\\0' x; printf '"}'; } | mcp-sidecar hook
      """
    )
    #expect(run.status == 0 && run.text.isEmpty && run.messages.isEmpty, "\(run.messages)")
    #expect(
      try recording.rows(
        "SELECT code, length(line) <= 65536, length(digest) FROM rejected_lines"
      ) == ["too_long|1|32"]
    )
  }

  @Test func `begins its log anew when it has become large`() throws {
    let recording = Recording()
    let log = recording.database + "-hook.log"
    try Data(repeating: 0x78, count: 1 << 20 + 1).write(to: URL(fileURLWithPath: log))
    try hook(recording, [Self.result])
    let text = try String(contentsOfFile: log, encoding: .utf8)
    #expect(text.split(separator: "\n").count == 1 && text.contains("no database"), "\(text)")
  }

  @Test func `replaces secrets before anything is stored`() throws {
    let recording = try prepared()
    let secret = "ghp_" + "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8"
    try hook(recording, [Self.payload("PostToolUse", command: "echo \(secret)")])
    let metadata = try recording.rows("SELECT metadata FROM mcp_events").joined()
    #expect(!metadata.contains(secret) && metadata.contains("echo "), "\(metadata)")
  }
}
