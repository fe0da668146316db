import Foundation
import Testing

@Suite(
  .enabled(if: TapPrograms.python != nil, "the MCP SDK for Python could not be installed"),
  .serialized
)
struct `Tap between client and server of the SDK` {
  private let recording = Recording()

  @Test(arguments: ["legacy", "auto"])
  func `changes nothing, and records each call`(mode: String) throws {
    let run = try recording.tap(
      """
      $SDK $CLIENT \(mode) tour -- $SDK $SERVER 2>/dev/null
      $SDK $CLIENT \(mode) tour -- mcp-sidecar tap --db $MCP_SIDECAR_DB -- $SDK $SERVER 2>/dev/null
      """
    )
    #expect(run.lines.count == 2)
    #expect(run.lines.first == run.lines.last)
    let rows = try recording.rows(
      "SELECT tool_name, outcome, server_name FROM mcp_events ORDER BY id"
    )
    let both = [
      "echo|ok|fixture-server", "fail|error|fixture-server", "steps|ok|fixture-server",
      "resources/read|ok|fixture-server", "forever|cancelled|fixture-server",
    ]
    let legacy = ["roots/list|ok|fixture-server", "roots|ok|fixture-server"]
    #expect(rows == both + (mode == "legacy" ? legacy : []))
    #expect(
      try recording.rows(
        "SELECT json_extract(metadata, '$.progress_count') FROM mcp_events WHERE tool_name = 'steps'"
      ) == ["3"]
    )
  }

  @Test(arguments: ["legacy", "auto"])
  func `records each of 5000 calls at once`(mode: String) throws {
    let run = try recording.tap(
      "$SDK $CLIENT \(mode) burst 5000 -- mcp-sidecar tap --db $MCP_SIDECAR_DB -- $SDK $SERVER 2>/dev/null"
    )
    #expect(run.text == "{\"right\": 5000}\n")
    #expect(
      try recording.rows("SELECT outcome, count(*) FROM mcp_events GROUP BY 1") == ["ok|5000"]
    )
    #expect(try recording.rows("SELECT rejected, lost FROM ingest_runs") == ["0|0"])
  }

  @Test func `records messages of megabytes`() throws {
    let run = try recording.tap(
      "$SDK $CLIENT legacy big 2000000 -- mcp-sidecar tap --db $MCP_SIDECAR_DB -- $SDK $SERVER 2>/dev/null"
    )
    #expect(run.text == "{\"back\": 2000000, \"long\": 2000000}\n")
    #expect(
      try recording.rows("SELECT tool_name, outcome FROM mcp_events ORDER BY id")
        == ["echo|ok", "big|ok"]
    )
  }
}
