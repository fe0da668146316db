import Foundation
import Testing

@Suite struct `Run` {
  private let recording = Recording()

  // MARK: What the caller sees

  @Test(arguments: [("exit 0", 0), ("exit 7", 7), ("kill -TERM $$", 143), ("kill -KILL $$", 137)])
  func `ends as the command does`(script: String, status: Int) throws {
    let run = try recording.shell("mcp-sidecar run -- sh -c '\(script)'; echo $?")
    #expect(run.lines.last == "\(status)")
  }

  @Test func `is ended by the signal that ended the command`() throws {
    let run = try recording.shell(
      """
      python3 -c 'import subprocess
      print(subprocess.run(["mcp-sidecar", "run", "--", "sh", "-c", "kill -TERM $$"]).returncode)'
      """
    )
    #expect(run.text == "-15\n")
  }

  @Test(arguments: [("nosuchcommand", 127), ("$D/plain", 126), ("", 125), ("--bad x", 125)])
  func `has its own failures`(command: String, status: Int) throws {
    let run = try recording.shell("echo > $D/plain; mcp-sidecar run \(command); echo $?")
    #expect(run.lines.last == "\(status)")
    #expect(!run.messages.isEmpty)
  }

  @Test func `passes everything on`() throws {
    let run = try recording.shell(
      """
      printf 'in\\0put' | X='a b' mcp-sidecar run -- bash -c \
        'cat; echo "|$X|$1|$(umask)"; echo err >&2; trap' name 'two words' | od -c | head -c 2000
      """
    )
    let plain = try recording.shell(
      """
      printf 'in\\0put' | X='a b' bash -c \
        'cat; echo "|$X|$1|$(umask)"; echo err >&2; trap' name 'two words' | od -c | head -c 2000
      """
    )
    #expect(run.text == plain.text)
    #expect(run.messages == "err\n")
  }

  @Test func `passes words on that are no text`() throws {
    let run = try recording.shell(#"mcp-sidecar run -- printf %s $'\xff\xc3(' | od -An -tx1"#)
    #expect(run.text == " ff c3 28\n")
  }

  @Test func `starts the command with the signals it was started with`() throws {
    let signals = "grep -e SigBlk -e SigIgn -e SigCgt /proc/self/status"
    let script = "trap '' PIPE USR1; \(signals); mcp-sidecar run -- \(signals) | cat"
    // The C library keeps the signals above 31 for itself.
    let lines = try recording.shell(script).lines.map { $0.prefix(7) + $0.suffix(8) }
    #expect(lines.count == 6)
    #expect(Array(lines.prefix(3)) == Array(lines.suffix(3)))
  }

  @Test func `takes a command without the two dashes`() throws {
    let run = try recording.shell("mcp-sidecar run --label a=b echo --label")
    #expect(run.text == "--label\n")
  }

  @Test func `does not wait for what the command left in the background`() throws {
    let run = try recording.shell(
      "mcp-sidecar run -- sh -c 'sleep 1000 & echo $! > $D/pid; echo done' | cat; kill $(cat $D/pid)"
    )
    #expect(run.text == "done\n")
    #expect(run.status == 0)
  }

  // MARK: What is recorded

  @Test func `records what the command prints, and its start and end`() throws {
    let line = #"{"instance_id":"a","tool_name":"t","success":true}"#
    let run = try recording.shell("mcp-sidecar run --label job=7 -- printf '\(line)\\n' | cat")
    #expect(run.text == line + "\n")
    let events = try recording.rows(
      "SELECT instance_id = 'a', tool_name, outcome, status_change FROM mcp_events ORDER BY id"
    )
    #expect(
      events == [
        "0|status_update|ok|started", "1|t|ok|None", "0|status_update|ok|terminated",
      ]
    )
    let instance = try recording.rows(
      "SELECT status, claude_pid > 0, host <> '', metadata FROM instances WHERE id <> 'a'"
    )
    #expect(instance == [#"terminated|1|1|{"labels":{"job":"7"}}"#])
    #expect(try recording.rows("SELECT lines_read, events FROM ingest_runs") == ["1|1"])
  }

  @Test func `records how the command ended`() throws {
    _ = try recording.shell("mcp-sidecar run --instance x -- sh -c 'exit 3'")
    let rows = try recording.rows(
      """
      SELECT outcome, json_extract(metadata, '$.exit_status'), error_message, duration_us > 0
      FROM mcp_events WHERE status_change = 'terminated'
      """
    )
    #expect(rows == ["error|3|the command ended with status 3|1"])
  }

  @Test func `names the instance for everything below`() throws {
    let script =
      "mcp-sidecar run --instance outer -- mcp-sidecar run -- sh -c 'echo $MCP_SIDECAR_INSTANCE'"
    let inner = try recording.shell(script).text.trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(inner.hasPrefix("outer.sh-"))
    let rows = try recording.rows(
      "SELECT parent_instance, child_instance, relationship_type FROM relationships"
    )
    #expect(rows == ["outer|\(inner)|spawned_subagent"])
    #expect(
      try recording.rows("SELECT parent_instance_id FROM instances WHERE id = '\(inner)'")
        == ["outer"]
    )
  }

  @Test func `tells the command where the database is`() throws {
    let run = try recording.shell(
      "cd $D && mcp-sidecar run --db other.db -- sh -c 'cd / && echo $MCP_SIDECAR_DB'"
    )
    #expect(run.text == recording.folder + "/other.db\n")
  }

  // MARK: When recording is difficult

  @Test func `runs the command though the database cannot be opened`() throws {
    let run = try recording.shell("mcp-sidecar run --db /dev/null/x.db -- echo hello; echo $?")
    #expect(run.text == "hello\n0\n")
    #expect(run.messages.contains("not everything was recorded"))
  }

  @Test func `does not run the command if it must record and cannot`() throws {
    let run = try recording.shell(
      "mcp-sidecar run --must-record --db /dev/null/x.db -- echo hello; echo $?"
    )
    #expect(run.text == "125\n")
  }

  @Test func `loses nothing when the database is locked`() throws {
    let line = #"{"instance_id":"a","tool_name":"t","success":true}"#
    let run = try recording.shell(
      """
      echo '\(line)' > $D/line
      mcp-sidecar --summary none < $D/line
      coproc LOCK { python3 -c 'import sqlite3, sys
      base = sqlite3.connect(sys.argv[1], isolation_level=None)
      base.execute("BEGIN IMMEDIATE")
      print("locked", flush=True)
      sys.stdin.read()' $MCP_SIDECAR_DB; }
      read -u ${LOCK[0]}
      mcp-sidecar run -- sh -c 'cat $D/line; exit 5' | cat
      echo ${PIPESTATUS[0]}
      exec {LOCK[1]}>&-
      wait
      mcp-sidecar --summary none < $D/line
      """
    )
    #expect(run.lines == [line, "5"])
    #expect(
      try recording.rows("SELECT tool_name, count(*) FROM mcp_events GROUP BY 1 ORDER BY 1")
        == ["status_update|2", "t|3"]
    )
  }

  @Test func `goes on recording when its own reader has gone`() throws {
    let run = try recording.shell(
      """
      mkfifo $D/go
      for i in 1 2 3 4; do echo '{"instance_id":"a","tool_name":"t'$i'","success":true}'; done > $D/lines
      mcp-sidecar run -- sh -c 'head -1 $D/lines; cat $D/go; tail -n +2 $D/lines' | {
        head -1; exec <&-; echo > $D/go; }
      """
    )
    #expect(run.lines.count == 1)
    #expect(try recording.rows("SELECT count(*) FROM mcp_events WHERE instance_id = 'a'") == ["4"])
  }

  @Test func `records what comes faster than it can be recorded`() throws {
    let run = try recording.shell(
      "mcp-sidecar run -- sh -c 'yes | head -c 400000; exit 3' >/dev/null; echo $?"
    )
    #expect(run.text == "3\n" && run.messages.isEmpty, "\(run.messages)")
    #expect(try recording.rows("SELECT lines_read FROM ingest_runs") == ["200000"])
  }

  @Test func `waits for no recording when somebody is in a hurry`() throws {
    let run = try recording.shell(
      """
      mcp-sidecar run -- sh -c 'yes | head -c 15000000; touch $D/ended; exit 3' >/dev/null &
      until [ -e $D/ended ]; do sleep 0.1; done
      while sleep 0.2; kill -TERM $! 2>/dev/null; do :; done
      wait $!; echo $?
      """
    )
    #expect(run.text == "3\n" && run.messages.contains("not everything was recorded"))
  }

  @Test func `copes with a closed standard output`() throws {
    let run = try recording.shell("mcp-sidecar run -- sh -c 'echo hello; exit 4' >&-; echo $?")
    #expect(run.text == "4\n")
  }
}
