import Foundation
import Testing

@Suite struct `Examples` {
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Examples").path

  /// What each script must show: the calls with their outcomes, and how many instances.
  private static let expectations: [String: (calls: [String], instances: Int)] = [
    "amp": (["mcp__github__get_issue ok", "Bash error"], 1),
    "claude": (["mcp__github__get_issue ok", "Read ok", "Agent ok", "Bash error"], 2),
    "claude-transcript": (["Edit ok", "Bash denied", "Grep ok"], 2),
    "codex-exec": (
      [
        "command_execution error", "file_change ok", "mcp__github__add_comment ok",
        "spawn_agent ok",
      ], 2
    ),
    "codex-rollout": (
      [
        "mcp__github__get_issue ok", "command_execution error", "mcp__postgres__drop_table error",
      ], 1
    ),
    "copilot": (["github-get_issue ok", "view ok", "edit error"], 2),
    "cursor": (["github-get_issue ok", "edit ok", "shell denied"], 1),
    "gemini": (["mcp_github_get_issue ok", "replace ok", "run_shell_command error"], 1),
    "goose": (["github__get_issue ok", "developer__shell error"], 1),
    "hooks": (["Bash error", "Grep ok", "Bash denied"], 2),
    "mcp-tap": (["get_note ok", "get_note error", "drop_notes error"], 1),
    "opencode": (["read ok", "bash error", "read error"], 1),
    "pi": (["read ok", "bash error"], 1),
  ]

  private static let scripts =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder + "/agents")) ?? [])
    .filter { $0.hasSuffix(".sh") && !$0.hasSuffix("-server.sh") }.map { String($0.dropLast(3)) }

  @Test func `show every agent`() {
    #expect(Set(Self.scripts) == Set(Self.expectations.keys))
  }

  @Test(arguments: scripts)
  func `show what the agent did`(script: String) throws {
    let run = try QueryRun(
      plainly: ["timeout", "120", "\(Self.folder)/agents/\(script).sh"],
      environment: ["MCP_BIN": QueryRun.programs]
    )
    #expect(run.status == 0, "\(run.messages)")
    #expect(run.messages.contains(" 0 rejected") == (script != "mcp-tap"), "\(run.messages)")
    let expected = try #require(Self.expectations[script])
    #expect(calls(run) == expected.calls)
    #expect(run.lines.count { $0.contains("  coding  ") } == expected.instances)
  }

  /// The tools and outcomes in the table, without changes of status.
  private func calls(_ run: QueryRun) -> [String] {
    run.text.split(separator: "\n", omittingEmptySubsequences: false)
      .drop { !$0.hasPrefix("instance_id ") }.dropFirst().prefix { !$0.isEmpty }
      .map {
        $0.split(separator: " ", omittingEmptySubsequences: true)[1...2].joined(separator: " ")
      }
      .filter { !$0.hasPrefix("status_update") }
  }

  @Test(arguments: [0, 3])
  func `keep the record of a job in CI, however it ends`(status: Int32) throws {
    let recording = Recording()
    let run = try recording.shell(
      """
      cd "$D" && mkdir bin && PATH=$D/bin:$PATH
      printf '#!/bin/sh\\ncat "$STREAM"; exit \(status)\\n' >bin/claude && chmod +x bin/claude
      sed -n 's/^ *run: //p' "$JOB" | head -n 1 >step1
      sed -n 's/^ *run: //p' "$JOB" | tail -n +2 >step2
      bash step1 >out; status=$?
      bash step2 && zcat agent-77.jsonl.gz | grep -c '"tool_name":"mcp__github__get_issue"'
      exit $status
      """,
      environment: [
        "JOB": Self.folder + "/ci-job.yml", "STREAM": Self.folder + "/agents/claude.jsonl",
        "GITHUB_RUN_ID": "77", "GITHUB_SHA": "4f1c2a9",
      ]
    )
    #expect(run.status == status && run.lines == ["1"], "\(run.text)\(run.messages)")
    let labels = try recording.rows(
      "SELECT json_extract(metadata, '$.labels.commit') FROM instances WHERE id = 'ci-77'"
    )
    #expect(labels == ["4f1c2a9"])
  }
}
