import MCPEvents
import Testing

@testable import MCPAdapters

@Suite struct `Claude's transcripts` {
  @Test func `give calls with their times, directory and branch`() throws {
    let first =
      #"{"parentUuid":null,"sessionId":"s1","cwd":"/w","gitBranch":"main","type":"user","message":{"content":"go"},"timestamp":"2026-11-20T10:00:00.000Z"}"#
    let recording = Recording([first, Lines.transcriptCall("a"), Lines.transcriptResult("a")])
    #expect(recording.calls.map(\.duration) == [1_500_000])
    #expect(recording.calls[0]["cwd"]?.string == "/w")
    let patch = try #require(recording.patches.first)
    #expect(patch.text("branch_name") == "main")
    #expect(patch["created_at"] == .integer(1_795_168_800_000))
    #expect(recording.patches.count == 2, "the model is learnt later, nothing is repeated")
  }

  @Test(
    arguments: [
      (#","toolDenialKind":"user-rejected""#, Outcome.denied),
      (#","toolUseResult":"User rejected tool use""#, .denied),
      (#","toolUseResult":"Error: broken""#, .error),
      (#","toolUseResult":{"interrupted":true}"#, .cancelled),
    ]
  )
  func `tell denials and interruptions from errors`(extra: String, outcome: Outcome) {
    let recording = Recording([
      Lines.transcriptCall("a"), Lines.transcriptResult("a", isError: true, extra: extra),
    ])
    #expect(recording.calls.map(\.outcome) == [outcome])
  }

  @Test func `copied into a forked session are the same calls`() {
    let id = "toolu_01JuvmJubaYKvhVscQTbaJV6"
    let recording = Recording([
      Lines.transcriptCall(id), Lines.transcriptResult(id),
      Lines.transcriptCall(id, session: "fork"), Lines.transcriptResult(id, session: "fork"),
    ])
    #expect(recording.calls.map(\.uid) == ["claude:any:\(id)"])
  }

  @Test func `keep apart the short ids of different sessions`() {
    let recording = Recording([
      Lines.transcriptCall("call_1"), Lines.transcriptResult("call_1"),
      Lines.transcriptCall("call_1", session: "s2"),
      Lines.transcriptResult("call_1", session: "s2"),
    ])
    #expect(recording.calls.map(\.uid) == ["claude:s1:call_1", "claude:s2:call_1"])
  }

  @Test func `tell which sub-agent made a call`() {
    let recording = Recording([
      Lines.transcriptCall("a", extra: #","isSidechain":true,"agentId":"x7""#),
      Lines.transcriptResult("a", extra: #","isSidechain":true,"agentId":"x7""#),
    ])
    #expect(recording.calls.map(\.instance) == ["s1:x7"])
    #expect(recording.patches.contains { $0.kind == .relationship })
  }

  @Test func `hold much that says nothing of calls`() {
    let recording = Recording([
      #"{"type":"summary","summary":"x","leafUuid":"l"}"#,
      #"{"type":"file-history-snapshot","messageId":"m"}"#,
      #"{"type":"ai-title","aiTitle":"x","sessionId":"s1"}"#,
      #"{"sessionId":"s1","message":{"role":"assistant","usage":{}},"costUSD":1}"#,
    ])
    #expect(recording.ignored == 4)
  }

  @Test func `keep where the session began`() throws {
    let moved = Lines.transcriptCall("b").split(separator: "/w").joined(separator: "/w/sub")
    let patches = Recording([Lines.transcriptCall("a"), moved]).patches
    #expect(patches.compactMap { $0.text("worktree_path") } == ["/w"])
    let patch = try #require(patches.first)
    #expect(patch["created_at"] == .integer(1_795_168_801_000))
    #expect(patch.firstColumns == ["agent", "worktree_path", "branch_name", "created_at"])
    #expect(patch.isObserved)
  }

  @Test func `of later versions hold lines of unknown types`() {
    let recording = Recording([#"{"type":"brand-new-2030","sessionId":"s1","x":1}"#])
    #expect(recording.ignored == 1)
  }
}
