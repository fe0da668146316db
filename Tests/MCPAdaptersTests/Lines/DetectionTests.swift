import MCPEvents
import Testing

@testable import MCPAdapters

@Suite struct `The format of a line` {
  private func format(_ line: String, after earlier: [String] = []) throws -> StreamFormat? {
    var detector = FormatDetector()
    for line in earlier {
      _ = detector.format(of: try JSONDocument(Array(line.utf8).span).root)
    }
    return detector.format(of: try JSONDocument(Array(line.utf8).span).root)
  }

  @Test(
    arguments: [
      (#"{"jsonrpc":"2.0","id":1,"method":"x"}"#, StreamFormat.mcp),
      (#"{"ts_ms":1,"dir":"c2s","raw":"{}"}"#, .mcp),
      (#"{"hook_event_name":"Stop","session_id":"s"}"#, .hooks),
      (#"{"type":"turn.started"}"#, .codexExec),
      (#"{"type":"event_msg","payload":{}}"#, .codexRollout),
      (#"{"id":"0","msg":{"type":"x"}}"#, .codexProto),
      (#"{"type":"tool.execution_start","data":{}}"#, .copilot),
      (#"{"type":"text","timestamp":1,"sessionID":"s"}"#, .opencode),
      (#"{"type":"tool_call","subtype":"started","tool_call":{}}"#, .cursor),
      (#"{"type":"thinking","session_id":"s"}"#, .cursor),
      (#"{"type":"message","timestamp":"2026-01-01T00:00:00Z","role":"user"}"#, .gemini),
      (#"{"type":"user","sessionId":"s","message":{}}"#, .claudeTranscript),
      (#"{"type":"assistant","parentUuid":null,"message":{}}"#, .claudeTranscript),
      (#"{"type":"assistant","session_id":"s","message":{}}"#, .claudeStream),
      (#"{"type":"tool_execution_end","toolCallId":"x"}"#, .pi),
      (#"{"type":"message","message":{"content":[]}}"#, .goose),
      (#"{"type":"error","message":"x"}"#, .codexExec),
    ]
  )
  func `shows in its outermost keys`(line: String, expected: StreamFormat) throws {
    #expect(try format(line) == expected)
  }

  @Test(arguments: ["{}", #"{"type":7}"#, #"{"type":null}"#, #"{"type":"x"}"#, #"{"silly":"x"}"#])
  func `may be none`(line: String) throws {
    #expect(try format(line) == nil)
  }

  @Test func `is that of the lines before, if nothing else tells`() throws {
    let before = [#"{"type":"message","message":{"content":[]}}"#]
    #expect(try format(#"{"type":"error","error":"x"}"#, after: before) == .goose)
    #expect(try format(#"{"type":"new_in_2030"}"#, after: before) == .goose)
    #expect(try format(#"{"silly":"x"}"#, after: before) == nil)
  }

  @Test func `may be forced`() {
    let recording = Recording([Lines.claudeCall("a", "Bash"), #"{"what":"ever"}"#]) {
      $0.format = .codexExec
    }
    #expect(recording.ignored == 2)
  }

  @Test(arguments: [#"{"resourceSpans":[]}"#, #"{"resourceLogs":[{}]}"#])
  func `of telemetry is passed over`(line: String) {
    #expect(Recording([line]).ignored == 1)
  }
}
